using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>Reads BMP without run-length compression: palettes of 1, 4 and 8 bits, 16, 24 and 32 bits.</summary>
internal static class BmpReader
{
    public static bool Recognizes(ReadOnlySpan<byte> data) =>
        data.Length >= 18 && data[0] == (byte)'B' && data[1] == (byte)'M' && BinaryPrimitives.ReadInt32LittleEndian(data[14..]) is 12 or (>= 40 and <= 124);

    public static ImageInfo Identify(ReadOnlySpan<byte> data)
    {
        var header = BmpHeader.Read(data);
        return new ImageInfo(new PixelTypeInfo(header.Bits), new Size(header.Width, header.Height), Metadata(header));
    }

    public static Image<TPixel> Decode<TPixel>(ReadOnlySpan<byte> data, DecoderOptions options)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var header = BmpHeader.Read(data);
        if (header.PixelOffset + (header.Stride * header.Height) > data.Length)
        {
            throw new InvalidImageContentException(
                $"The BMP ends before its pixels do: {header.Width} x {header.Height} pixels of {header.Bits} bits do not fit in {data.Length} bytes.");
        }

        var palette = header.Bits <= 8 ? Palette(data, header) : [];
        var image = ImageCodec.Allocate<TPixel>(options, header.Width, header.Height, Metadata(header));
        var row = new Rgba32[header.Width];
        for (var y = 0; y < header.Height; y++)
        {
            var line = data.Slice((int)(header.PixelOffset + (header.Stride * y)), (int)header.Stride);
            DecodeRow(line, header, palette, row);
            PixelRows.Convert<Rgba32, TPixel>(row, image.Row(header.TopDown ? y : header.Height - 1 - y));
        }

        return image;
    }

    private static void DecodeRow(ReadOnlySpan<byte> line, in BmpHeader header, Rgba32[] palette, Span<Rgba32> row)
    {
        for (var x = 0; x < row.Length; x++)
        {
            switch (header.Bits)
            {
                case 24:
                    row[x] = new Rgba32(line[(x * 3) + 2], line[(x * 3) + 1], line[x * 3]);
                    break;
                case 16 or 32:
                    var value = header.Bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(line[(x * 2)..]) : BinaryPrimitives.ReadUInt32LittleEndian(line[(x * 4)..]);
                    row[x] = new Rgba32(
                        BmpHeader.Under(header.RedMask, value), BmpHeader.Under(header.GreenMask, value), BmpHeader.Under(header.BlueMask, value));
                    break;
                default:
                    var bit = x * header.Bits;
                    var index = (line[bit / 8] >> (8 - header.Bits - (bit % 8))) & ((1 << header.Bits) - 1);
                    row[x] = palette[index];
                    break;
            }
        }
    }

    /// <summary>The palette with black for the entries that the file leaves out.</summary>
    private static Rgba32[] Palette(ReadOnlySpan<byte> data, in BmpHeader header)
    {
        var palette = new Rgba32[1 << header.Bits];
        Array.Fill(palette, new Rgba32(0, 0, 0));
        for (var i = 0; i < palette.Length; i++)
        {
            var at = header.PaletteOffset + (i * header.PaletteEntrySize);
            if (at + 3 > Math.Min(data.Length, header.PixelOffset))
            {
                break;
            }

            palette[i] = new Rgba32(data[at + 2], data[at + 1], data[at]);
        }

        return palette;
    }

    private static ImageMetadata Metadata(in BmpHeader header)
    {
        var metadata = new ImageMetadata { DecodedImageFormat = BmpFormat.Instance };
        metadata.GetFormatMetadata(BmpFormat.Instance).BitsPerPixel = (BmpBitsPerPixel)header.Bits;
        if (header is { DensityX: > 0, DensityY: > 0 })
        {
            metadata.ResolutionUnits = PixelResolutionUnit.PixelsPerMeter;
            (metadata.HorizontalResolution, metadata.VerticalResolution) = (header.DensityX, header.DensityY);
        }

        return metadata;
    }
}
