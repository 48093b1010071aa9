using System.Globalization;
using System.Text;

namespace CovidNotebooks.Data.Imaging;

/// <summary>Reads headers from a file's bytes, and tells whether a file is whole, without decoding it.</summary>
internal static class ImageStructure
{
    private const string UnknownAdvice =
        "Expected a PNG, JPEG, TIFF, BMP, GIF, WebP, PGM, PPM or DICOM picture. Remove the file, or convert it to PNG or JPEG.";

    /// <summary>The header, or what is wrong and what to do.</summary>
    public static (ImageHeader? Header, string Found, string Advice) Read(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            return (null, "the file is empty (0 bytes).", "Expected a picture. Get the file again, or remove it.");
        }

        if (JpegStructure.IsJpeg(file))
        {
            return JpegStructure.Read(file);
        }

        if (PngStructure.IsPng(file))
        {
            return PngStructure.Read(file);
        }

        return TiffStructure.IsTiff(file) ? TiffStructure.Read(file)
            : PnmStructure.IsPnm(file) ? PnmStructure.ReadHeader(file)
            : SkiaDecoder.IsGif(file) ? SkiaDecoder.ReadHeader(file, ImageFileFormat.Gif)
            : SkiaDecoder.IsWebP(file) ? SkiaDecoder.ReadHeader(file, ImageFileFormat.WebP)
            : DicomStructure.IsDicom(file) ? DicomStructure.ReadHeader(file)
            : file.StartsWith("BM"u8) && file.Length >= 26 ? SkiaDecoder.ReadHeader(file, ImageFileFormat.Bmp)
            : (null, Describe(file), UnknownAdvice);
    }

    private static string Describe(ReadOnlySpan<byte> file)
    {
        string? known =
            file.StartsWith("PK\u0003\u0004"u8) ? "a zip archive"
            : file.StartsWith("%PDF"u8) ? "a PDF document"
            : file.StartsWith("\u001f\u008b"u8) ? "a gzip archive"
            : file.Length > 8 && file[0] is 2 or 8 && file[1] == 0 && file[2..4] is [0 or 5 or 8 or 16 or 22, 0]
                ? "DICOM data without the file's first 132 bytes (`dcmconv IN OUT` of dcmtk writes them)"
            : null;
        if (known is not null)
        {
            return $"the content is {known}.";
        }

        var start = file[..Math.Min(file.Length, 32)];
        var text = Encoding.UTF8.GetString(start);
        return start.IndexOfAnyInRange((byte)0, (byte)8) < 0 && !text.Contains('\uFFFD', StringComparison.Ordinal)
            ? $"the content is text that begins \"{text.ReplaceLineEndings(" ").Trim()}\"."
            : $"the content is of no known image format; its first bytes are {Convert.ToHexString(start[..Math.Min(start.Length, 8)])}.";
    }

    internal static string Truncated(string what, long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"the {what} is cut off after {bytes:N0} bytes: its end is missing.");

    internal const string TruncatedAdvice =
        "Expected a whole file. Copy or download it again, or remove it: a decoder would fill the missing part with grey.";

    internal const string DamagedAdvice = "Get the file again, or remove it.";
}
