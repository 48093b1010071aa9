using System.Buffers.Binary;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// The header of a PNG stream. Whether its pixels are all there is the decoder's to say; here the end is looked for, so that a cut file is
/// known undecoded.
/// </summary>
internal static class PngStructure
{
    private const int HeaderBytes = 8 + 8 + 13;

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    public static (ImageHeader? Header, string Found, string Advice) Read(ReadOnlySpan<byte> file)
    {
        var end = file.LastIndexOf("IEND"u8);
        return end < HeaderBytes || end + 8 > file.Length
            ? (null, ImageStructure.Truncated("PNG", file.Length), ImageStructure.TruncatedAdvice)
            : file[12..].StartsWith("IHDR"u8) ? (Header(file[16..]), "", "")
            : (null, "the PNG does not begin with its header.", ImageStructure.DamagedAdvice);
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
