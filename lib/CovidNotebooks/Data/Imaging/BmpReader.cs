using System.Buffers.Binary;

namespace CovidNotebooks.Data.Imaging;

/// <summary>Uncompressed Windows bitmaps of 1, 4, 8, 24 or 32 bits a pixel.</summary>
internal static class BmpReader
{
    private const string Advice = "Expected an uncompressed bitmap of 1, 4, 8, 24 or 32 bits a pixel. Convert the file to PNG, or remove it.";

    public static (ImageHeader? Header, string Found, string Advice) ReadHeader(ReadOnlySpan<byte> file)
    {
        var layout = Layout.Read(file);
        if (layout is null)
        {
            return (null, "the bitmap's header is damaged or of a kind that is not read.", Advice);
        }

        return layout.DataOffset + ((long)layout.Stride * layout.Height) > file.Length
            ? (null, ImageStructure.Truncated("bitmap", file.Length), ImageStructure.TruncatedAdvice)
            : (new ImageHeader(ImageFileFormat.Bmp, layout.Width, layout.Height, layout.Bits <= 8 ? layout.PaletteIsGray(file) ? "L" : "P" : "RGB", 8, IsProgressive: false), "", "");
    }

    public static PixelImage Decode(ReadOnlySpan<byte> file)
    {
        var layout = Layout.Read(file)!;
        var image = new PixelImage(layout.Width, layout.Height, 3);
        var target = 0;
        for (var row = 0; row < layout.Height; row++)
        {
            var line = file.Slice((int)layout.DataOffset + ((layout.TopDown ? row : layout.Height - 1 - row) * layout.Stride), layout.Stride);
            for (var column = 0; column < layout.Width; column++)
            {
                var color = layout.Bits >= 24
                    ? line.Slice(column * (layout.Bits / 8), 3)
                    : layout.PaletteEntry(file, IndexOf(line, column, layout.Bits));
                image.Pixels[target++] = color[2];
                image.Pixels[target++] = color[1];
                image.Pixels[target++] = color[0];
            }
        }

        return image;
    }

    private static int IndexOf(ReadOnlySpan<byte> line, int column, int bits)
    {
        var perByte = 8 / bits;
        return (line[column / perByte] >> ((perByte - 1 - (column % perByte)) * bits)) & ((1 << bits) - 1);
    }

    private sealed record Layout(int Width, int Height, bool TopDown, int Bits, long DataOffset, int Stride, int PaletteOffset, int PaletteEntryBytes, int PaletteCount)
    {
        private static readonly byte[] Black = [0, 0, 0];

        public static Layout? Read(ReadOnlySpan<byte> file)
        {
            var headerBytes = file.Length >= 26 ? BinaryPrimitives.ReadInt32LittleEndian(file[14..]) : 0;
            if (headerBytes < 12 || headerBytes > 124 || 14 + headerBytes > file.Length)
            {
                return null;
            }

            var old = headerBytes == 12;
            var width = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) : BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
            var height = old ? BinaryPrimitives.ReadInt16LittleEndian(file[20..]) : BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
            var bits = BinaryPrimitives.ReadUInt16LittleEndian(file[(old ? 24 : 28)..]);
            var compression = old ? 0 : BinaryPrimitives.ReadInt32LittleEndian(file[30..]);
            var colors = old || headerBytes < 36 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(file[46..]);
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
            if (width < 1 || height is 0 or int.MinValue || compression != 0 || bits is not (1 or 4 or 8 or 24 or 32) || width > 1_000_000 || offset < 14 + headerBytes)
            {
                return null;
            }

            var stride = (int)((((long)width * bits) + 31) / 32 * 4);
            var entryBytes = old ? 3 : 4;
            var count = bits > 8 ? 0 : colors is > 0 and <= 256 ? colors : 1 << bits;
            count = (int)Math.Min(count, (Math.Min(offset, file.Length) - 14 - headerBytes) / entryBytes);
            return new Layout(width, Math.Abs(height), height < 0, bits, offset, stride, 14 + headerBytes, entryBytes, count);
        }

        public ReadOnlySpan<byte> PaletteEntry(ReadOnlySpan<byte> file, int index) =>
            index < PaletteCount ? file.Slice(PaletteOffset + (index * PaletteEntryBytes), 3) : Black;

        public bool PaletteIsGray(ReadOnlySpan<byte> file)
        {
            for (var i = 0; i < PaletteCount; i++)
            {
                var entry = PaletteEntry(file, i);
                if (entry[0] != entry[1] || entry[0] != entry[2])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
