using System.Buffers.Binary;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// The markers of a JPEG stream. Skia finds a baseline stream that is cut, but fills a progressive one in silence: so all markers are
/// walked.
/// </summary>
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

                if (segment[0] != 8 || marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA))
                {
                    return (null, $"the JPEG has {segment[0]} bits a sample or is lossless (frame FF{marker:X2}), which is not read.",
                        "Expected a baseline or progressive JPEG of 8 bits, as cameras and websites write. Convert the file to PNG, or " +
                        "remove it.");
                }

                var mode = segment[5] switch { 1 => "L", 3 => "RGB", 4 => "CMYK", _ => "?" };
                header ??= new ImageHeader(
                    ImageFileFormat.Jpeg,
                    BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
                    BinaryPrimitives.ReadUInt16BigEndian(segment[1..]),
                    mode,
                    segment[0],
                    marker is 0xC2 or 0xCA);
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
