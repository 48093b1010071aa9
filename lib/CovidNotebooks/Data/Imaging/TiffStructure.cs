using System.Buffers.Binary;
using System.IO.Compression;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// The first directory of a TIFF file (TIFF 6.0, section 2), read before ImageSharp sees it. What ImageSharp 2.1 reads as Pillow does goes
/// through: grey of 1, 2, 4, 8, 10, 12, 14 and 16 bits, palettes of up to 8, RGB with or without alpha of 8 and 16, in strips, in both byte
/// orders. What it does not read, or reads wrongly in silence, is refused by name: a predictor on separate planes, alpha that is multiplied
/// in, fax packing (inverted where black is zero), missing strips (black), floats (without their range), JPEG strips (with their own size
/// beyond the limits).
/// </summary>
internal static class TiffStructure
{
    private const int MostValues = 1 << 20; // Of one field: no picture within the limits has more strips.

    private static readonly HashSet<ushort> Known = [256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 317, 322, 324, 338, 339];

    private const int MostRows = 4096; // Of a strip beyond the picture's own height: ImageSharp takes memory for all of them.
    private const string Advice =
        "Expected a TIFF that is grey (up to 16 bits), has a palette or is RGB with or without alpha (8 or 16 bits a sample), in strips, "
        + "plain or packed by LZW, Deflate or PackBits. Save the picture again in that form or as PNG, in ImageJ or by Pillow "
        + "(Image.open(\"a.tif\").save(\"a.png\")), or remove it.";

    /// <summary>
    /// How the samples lie in the file: bits a sample, samples a pixel, the number of the compression, rows a strip, and as many planes as
    /// samples where each lies for itself.
    /// </summary>
    private sealed record Layout(
        long Width, long Height, long Bits, long Samples, long Packing, long Rows, long Planes, long[] Offsets, long[] Lengths)
    {
        public long StripsOfPlane => (Height + Rows - 1) / Rows;

        /// <summary>The bytes that a strip unpacks to; each row begins a byte.</summary>
        public long Unpacked(long strip) =>
            Math.Min(Rows, Height - (strip % StripsOfPlane * Rows)) * (((Width * (Samples / Planes) * Bits) + 7) / 8);
    }

    public static bool IsTiff(ReadOnlySpan<byte> file) => file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || IsBig(file);

    public static (ImageHeader? Header, string Found, string Advice) Read(ReadOnlySpan<byte> file)
    {
        if (IsBig(file))
        {
            return (null, "the TIFF is a BigTIFF (64-bit offsets), which is not read.", Advice);
        }

        if (Fields(file) is not { } fields)
        {
            return (null, ImageStructure.Truncated("TIFF", file.Length), ImageStructure.TruncatedAdvice);
        }

        if (Problem(fields) is { } problem)
        {
            return (null, $"the TIFF {problem}, which is not read.", Advice);
        }

        var layout = LayoutOf(fields);
        if (layout.Offsets.Length != layout.Lengths.Length || layout.Offsets.Length != layout.StripsOfPlane * layout.Planes)
        {
            return (null, $"the TIFF lists {layout.Offsets.Length} strips where {layout.StripsOfPlane * layout.Planes} hold the picture.",
                ImageStructure.DamagedAdvice);
        }

        // An uncompressed strip that is too short for its rows would leave the rest black.
        for (var i = 0; i < layout.Offsets.Length; i++)
        {
            if (layout.Offsets[i] + layout.Lengths[i] > file.Length || (layout.Packing == 1 && layout.Lengths[i] < layout.Unpacked(i)))
            {
                return (null, ImageStructure.Truncated("TIFF", file.Length), ImageStructure.TruncatedAdvice);
            }
        }

        var mode = (One(fields, 262, -1), layout.Samples, layout.Bits) switch
        {
            (3, _, _) => "P",
            (2, 3, _) => "RGB",
            (2, _, _) => "RGBA",
            (_, _, 1) => "1",
            (_, _, > 8) => "I;16",
            _ => "L",
        };
        return (new ImageHeader(ImageFileFormat.Tiff, (int)Math.Min(layout.Width, int.MaxValue),
            (int)Math.Min(layout.Height, int.MaxValue), mode, (int)layout.Bits, IsProgressive: false), "", "");
    }

    /// <summary>
    /// Whether each strip unpacks to all of its rows: ImageSharp leaves what a Deflate or PackBits strip lacks black, in silence.
    /// </summary>
    /// <param name="file">A file that <see cref="Read"/> found nothing wrong with, of a size within the limits.</param>
    public static bool StripsAreWhole(ReadOnlySpan<byte> file)
    {
        var layout = LayoutOf(Fields(file)!);
        for (var i = 0; i < layout.Offsets.Length; i++)
        {
            var strip = file.Slice((int)layout.Offsets[i], (int)layout.Lengths[i]);
            var needed = layout.Unpacked(i);
            var unpacked = layout.Packing switch
            {
                8 or 32946 => LengthOfDeflate(strip, needed),
                32773 => LengthOfPackBits(strip),
                _ => needed, // LZW: ImageSharp itself says that it ends early.
            };
            if (unpacked < needed)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBig(ReadOnlySpan<byte> file) => file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8);

    /// <summary>What ImageSharp 2.1 does not read, or not as Pillow does; null for nothing.</summary>
    private static string? Problem(Dictionary<ushort, long[]> fields)
    {
        long Of(ushort tag, long otherwise) => One(fields, tag, otherwise);
        var (height, bits, photometric, samples) = (Of(257, 0), Of(258, 0), Of(262, -1), Of(277, 1));
        var (packing, rows, planes, predictor, extra) = (Of(259, 1), Of(278, uint.MaxValue), Of(284, 1), Of(317, 1), Of(338, -1));
        var isGray = photometric is 0 or 1;
        return fields.ContainsKey(322) || fields.ContainsKey(324) ? "is in tiles"
            : bits == 0 ? "does not say how many bits a sample has"
            : Of(339, 1) != 1 ? "holds signed numbers or floats"
            : packing is 2 or 3 or 4 ? $"is packed as a fax (method {packing})"
            : packing is 6 or 7 ? $"is packed as JPEG (method {packing})"
            : packing is not (1 or 5 or 8 or 32946 or 32773) ? $"is packed by method {packing}"
            : photometric == 5 ? "holds the inks of a print (CMYK)"
            : photometric == 6 ? "holds luma and chroma (YCbCr)"
            : !isGray && photometric is not (2 or 3) ? $"has the photometric interpretation {photometric}"
            : isGray && samples != 1 ? $"is grey with {samples - 1} more samples a pixel (alpha or channels)"
            : samples != 1 && photometric == 3 || (photometric == 2 && samples is not (3 or 4)) ? $"has {samples} samples a pixel"
            : samples == 4 && extra == 1 ? "holds colours that are multiplied by their alpha"
            : samples == 4 && extra is not (2 or -1) ? "has a fourth sample of an unknown meaning"
            : !BitsAreRead(photometric, bits) || Array.Exists(fields[258], value => value != bits) ? $"has {bits} bits a sample"
            : Of(266, 1) != 1 ? "has the bits of each byte in reverse (FillOrder 2)"
            : planes is not (1 or 2) ? $"has the planar configuration {planes}"
            : predictor is not (1 or 2) || (predictor == 2 && bits is not (8 or 16))
                ? $"has the predictor {predictor} at {bits} bits a sample"
            : predictor == 2 && planes == 2 ? "has a predictor on separate planes"
            : rows < 1 || (rows > Math.Max(height, MostRows) && rows != uint.MaxValue) ? $"has strips of {rows} rows"
            : null;
    }

    private static bool BitsAreRead(long photometric, long bits) => photometric switch
    {
        0 or 1 => bits is 1 or 2 or 4 or 8 or 10 or 12 or 14 or 16,
        3 => bits is 1 or 2 or 4 or 8,
        _ => bits is 8 or 16,
    };

    private static Layout LayoutOf(Dictionary<ushort, long[]> fields)
    {
        var (height, samples) = (One(fields, 257, 0), One(fields, 277, 1));
        return new Layout(One(fields, 256, 0), height, One(fields, 258, 0), samples, One(fields, 259, 1),
            Math.Clamp(One(fields, 278, height), 1, Math.Max(height, 1)), One(fields, 284, 1) == 2 ? samples : 1,
            fields.GetValueOrDefault((ushort)273, []), fields.GetValueOrDefault((ushort)279, []));
    }

    private static long One(Dictionary<ushort, long[]> fields, ushort tag, long otherwise) =>
        fields.TryGetValue(tag, out var values) && values.Length > 0 ? values[0] : otherwise;

    private static long LengthOfDeflate(ReadOnlySpan<byte> strip, long most)
    {
        using var packed = new MemoryStream(strip.ToArray());
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var buffer = new byte[16 << 10];
        var sum = 0L;
        try
        {
            for (int read; sum < most && (read = unpacked.Read(buffer)) > 0;)
            {
                sum += read;
            }
        }
        catch (InvalidDataException)
        {
            // Damaged behind what was read so far.
        }

        return sum;
    }

    private static long LengthOfPackBits(ReadOnlySpan<byte> strip)
    {
        var sum = 0L;
        for (var at = 0; at < strip.Length;)
        {
            var count = (sbyte)strip[at];
            var stored = count >= 0 ? Math.Min(count + 1, strip.Length - at - 1) : count == sbyte.MinValue ? 0 : 1;
            sum += count >= 0 ? stored : count == sbyte.MinValue || at + 1 == strip.Length ? 0 : 1 - count;
            at += 1 + stored;
        }

        return sum;
    }

    /// <summary>The whole numbers of the first directory by tag; null when it is not inside the file.</summary>
    private static Dictionary<ushort, long[]>? Fields(ReadOnlySpan<byte> file)
    {
        var little = file[0] == (byte)'I';
        if (file.Length < 8)
        {
            return null;
        }

        long directory = UInt32(file[4..], little);
        if (directory < 8 || directory + 2 > file.Length)
        {
            return null;
        }

        var count = UInt16(file[(int)directory..], little);
        if (directory + 2 + (12L * count) > file.Length)
        {
            return null;
        }

        var fields = new Dictionary<ushort, long[]>();
        for (var i = 0; i < count; i++)
        {
            var entry = file.Slice((int)directory + 2 + (12 * i), 12);
            var bytes = UInt16(entry[2..], little) switch { 3 => 2, 4 => 4, _ => 0 };
            var number = UInt32(entry[4..], little);
            if (bytes == 0 || !Known.Contains(UInt16(entry, little)))
            {
                continue;
            }

            var length = bytes * (long)number;
            var at = length <= 4 ? 0L : UInt32(entry[8..], little);
            var from = length <= 4 ? entry[8..] : file;
            if (number > MostValues || at + length > from.Length)
            {
                return null;
            }

            var values = new long[number];
            for (var k = 0; k < values.Length; k++)
            {
                var value = from[(int)(at + (k * bytes))..];
                values[k] = bytes == 2 ? UInt16(value, little) : UInt32(value, little);
            }

            fields[UInt16(entry, little)] = values;
        }

        return fields;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
