using System.Buffers.Binary;

namespace CovidNotebooks.Data.Imaging;

/// <summary>The chunks of a PNG stream.</summary>
internal static class PngStructure
{
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    public static (ImageHeader? Header, string Found, string Advice) Read(ReadOnlySpan<byte> file)
    {
        ImageHeader? header = null;
        long at = 8;
        while (at + 12 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            var type = file.Slice((int)at + 4, 4);
            if (at + 12 + length > file.Length)
            {
                break;
            }

            if (header is null)
            {
                if (!type.SequenceEqual("IHDR"u8) || length < 13)
                {
                    return (null, "the PNG does not begin with its header.", "Remove the file, or get it again.");
                }

                header = Header(file.Slice((int)at + 8, 13));
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                return (header, "", "");
            }

            at += 12 + length;
        }

        return (null, ImageStructure.Truncated("PNG", file.Length), ImageStructure.TruncatedAdvice);
    }

    private static ImageHeader Header(ReadOnlySpan<byte> data)
    {
        var depth = data[8];
        var mode = data[9] switch
        {
            0 => depth == 16 ? "I;16" : depth == 1 ? "1" : "L",
            2 => "RGB",
            3 => "P",
            4 => "LA",
            6 => "RGBA",
            _ => "?",
        };
        return new ImageHeader(
            ImageFileFormat.Png,
            (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data), int.MaxValue),
            (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data[4..]), int.MaxValue),
            mode,
            depth,
            data[12] != 0);
    }
}
