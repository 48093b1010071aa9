using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CovidNotebooks.Data.Imaging;

/// <summary>Reads headers from a file's bytes, and tells whether a file is whole, without decoding it.</summary>
internal static class ImageStructure
{
    private const string UnknownAdvice = "Expected a PNG, JPEG, BMP or PPM picture. Remove the file, or convert it to PNG or JPEG.";

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

        if (file.StartsWith("BM"u8) && file.Length >= 26)
        {
            return BmpReader.ReadHeader(file);
        }

        return file[0] == (byte)'P' && file.Length > 2 && file[1] is (byte)'5' or (byte)'6' && file[2] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'
            ? PnmReader.ReadHeader(file)
            : (null, Describe(file), UnknownAdvice);
    }

    private static string Describe(ReadOnlySpan<byte> file)
    {
        string? known =
            file.StartsWith("GIF8"u8) ? "a GIF picture"
            : file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) ? "a TIFF picture"
            : file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? "a WebP picture"
            : file.Length >= 132 && file[128..].StartsWith("DICM"u8) ? "a DICOM file"
            : file.StartsWith("PK\u0003\u0004"u8) ? "a zip archive"
            : file.StartsWith("%PDF"u8) ? "a PDF document"
            : file.StartsWith("\u001f\u008b"u8) ? "a gzip archive"
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

    internal const string TruncatedAdvice = "Expected a whole file. Copy or download it again, or remove it: a decoder would fill the missing part with grey.";
}

/// <summary>The markers of a JPEG stream.</summary>
internal static class JpegStructure
{
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.Length >= 3 && file[0] == 0xFF && file[1] == 0xD8 && file[2] == 0xFF;

    /// <summary>Walks all markers to the end-of-image marker, through every scan, so that a file that stops early is found.</summary>
    public static (ImageHeader? Header, string Found, string Advice) Read(ReadOnlySpan<byte> file)
    {
        ImageHeader? header = null;
        var scans = 0;
        var at = 2;
        while (true)
        {
            if (!NextMarker(file, ref at, out var marker))
            {
                return (null, ImageStructure.Truncated("JPEG", file.Length), ImageStructure.TruncatedAdvice);
            }

            if (marker == 0xD9)
            {
                return header is null || scans == 0
                    ? (null, "the JPEG ends without a picture in it.", "Remove the file, or get it again.")
                    : (header, "", "");
            }

            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            var length = at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
            if (length < 2 || at + length > file.Length)
            {
                return (null, ImageStructure.Truncated("JPEG", file.Length), ImageStructure.TruncatedAdvice);
            }

            var segment = file.Slice(at + 2, length - 2);
            at += length;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (segment.Length < 6)
                {
                    return (null, "the JPEG's frame header is too short.", "Remove the file, or get it again.");
                }

                var mode = segment[5] switch { 1 => "L", 3 => "RGB", 4 => "CMYK", _ => "?" };
                header ??= new ImageHeader(
                    ImageFileFormat.Jpeg,
                    BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
                    BinaryPrimitives.ReadUInt16BigEndian(segment[1..]),
                    mode,
                    segment[0],
                    marker is 0xC2 or 0xC6 or 0xCA or 0xCE);
            }
            else if (marker == 0xDA)
            {
                scans++;
            }
        }
    }

    /// <summary>Goes on to the next marker; inside a scan, over its data (stuffed zeros and restart markers belong to it).</summary>
    private static bool NextMarker(ReadOnlySpan<byte> file, ref int at, out byte marker)
    {
        marker = 0;
        while (true)
        {
            var found = at < file.Length ? file[at..].IndexOf((byte)0xFF) : -1;
            if (found < 0)
            {
                return false;
            }

            at += found;
            while (at < file.Length && file[at] == 0xFF)
            {
                at++;
            }

            if (at >= file.Length)
            {
                return false;
            }

            marker = file[at++];
            if (marker is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return true;
            }
        }
    }
}

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
