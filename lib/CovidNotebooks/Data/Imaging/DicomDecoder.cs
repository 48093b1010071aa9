using System.Buffers.Binary;

namespace CovidNotebooks.Data.Imaging;

/// <summary>The pixels of a DICOM file as stored values, with what turns them into the detector's units and into a picture.</summary>
internal static class DicomDecoder
{
    private const int SignedZero = 1 << 15; // Signed values are kept as unsigned ones: 0 is 32,768.

    public static DeepImage Decode(ReadOnlySpan<byte> file, ImageHeader header, string path)
    {
        var structure = DicomStructure.Read(file);
        var (offset, length) = structure.Pixels.GetOffsetAndLength(file.Length);
        var pixels = file.Slice(offset, length);
        var samples = structure.TransferSyntax == DicomStructure.JpegBaseline ? OfJpeg(Fragments(pixels), structure, path)
            : Stored(pixels, structure);
        var zero = structure.Signed ? SignedZero : 0;
        var maximum = structure.Signed ? zero + (1 << (structure.BitsStored - 1)) - 1 : (1 << structure.BitsStored) - 1;
        return new DeepImage(header.Width, header.Height, structure.Samples, samples, maximum)
        {
            Zero = zero,
            Slope = structure.Slope,
            Intercept = structure.Intercept,
            Window = structure.Samples == 1 ? structure.Window : null,
            HasGrayTable = structure.HasGrayTable,
            Inverted = structure.Photometric == "MONOCHROME1",
        };
    }

    /// <summary>The encapsulated picture: all fragments behind the table of offsets, joined (PS3.5, A.4).</summary>
    /// <exception cref="EndOfStreamException">The file ends inside a fragment.</exception>
    public static byte[] Fragments(ReadOnlySpan<byte> items)
    {
        using var joined = new MemoryStream();
        var (at, first) = (0, true);
        while (at + 8 <= items.Length && BinaryPrimitives.ReadUInt32LittleEndian(items[at..]) == 0xE000_FFFE)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(items[(at + 4)..]);
            at += 8;
            length = Math.Min(length, items.Length - at); // A picture that is cut is found by its own end.
            if (!first)
            {
                joined.Write(items.Slice(at, (int)length));
            }

            (at, first) = (at + (int)length, false);
        }

        return joined.ToArray();
    }

    private static ushort[] OfJpeg(byte[] jpeg, DicomStructure structure, string path)
    {
        var (header, found, advice) = JpegStructure.Read(jpeg);
        var rgb = SkiaDecoder.Decode(jpeg, header ?? throw new BadImageException(path, found, advice), path).Image.Pixels;
        var samples = new ushort[rgb.Length / 3 * structure.Samples];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = rgb[structure.Samples == 3 ? i : i * 3];
        }

        return samples;
    }

    private static ushort[] Stored(ReadOnlySpan<byte> pixels, DicomStructure structure)
    {
        var samples = new ushort[structure.Rows * structure.Columns * structure.Samples];
        var (shift, mask) = (structure.HighBit + 1 - structure.BitsStored, (1 << structure.BitsStored) - 1);
        var sign = structure.Signed ? 1 << (structure.BitsStored - 1) : 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var from = structure is { PlaneByPlane: true, Samples: 3 } ? ((i % 3) * (samples.Length / 3)) + (i / 3) : i;
            var value = structure.BitsAllocated == 8 ? pixels[from] : BinaryPrimitives.ReadUInt16LittleEndian(pixels[(2 * from)..]);
            var stored = (value >> shift) & mask;

            // Two's complement of the bits stored, moved up by 32,768.
            samples[i] = (ushort)(structure.Signed ? (stored ^ sign) - sign + SignedZero : stored);
        }

        return samples;
    }
}
