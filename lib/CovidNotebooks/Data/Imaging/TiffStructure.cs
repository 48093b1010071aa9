using System.Buffers.Binary;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// The first directory of a TIFF file (TIFF 6.0, section 2), read before ImageSharp sees it: what ImageSharp 2.1 reads wrongly or takes for
/// black in silence is
/// refused by name (1-bit pictures come out inverted, missing strips as zeros, floats without their range, JPEG strips with their own size
/// beyond the limits).
/// </summary>
internal static class TiffStructure
{
    private const int MostValues = 1 << 20; // Of one field: no picture within the limits has more strips.

    private static readonly HashSet<ushort> Known = [256, 257, 258, 259, 262, 273, 277, 278, 279, 322, 324, 339];

    private const int MostRows = 4096; // Of a strip beyond the picture's own height: ImageSharp takes memory for all of them.
    private const string Advice =
        "Expected a TIFF of 8 or 16 bits a sample, grey, RGB or with a palette, in strips, plain or packed by LZW, Deflate or PackBits. " +
        "Convert the file to PNG, or remove it.";

    public static bool IsTiff(ReadOnlySpan<byte> file) => file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8);

    public static (ImageHeader? Header, string Found, string Advice) Read(ReadOnlySpan<byte> file)
    {
        if (Fields(file) is not { } fields)
        {
            return (null, ImageStructure.Truncated("TIFF", file.Length), ImageStructure.TruncatedAdvice);
        }

        long One(ushort tag, long otherwise) => fields.TryGetValue(tag, out var values) && values.Length > 0 ? values[0] : otherwise;
        var (width, height, bits, photometric, samples) = (One(256, 0), One(257, 0), One(258, 1), One(262, -1), One(277, 1));
        var kind = photometric switch { 0 or 1 => "L", 2 or 6 => "RGB", 3 => "P", 5 => "CMYK", _ => "?" };
        var (compression, rows) = (One(259, 1), One(278, uint.MaxValue));
        var problem = fields.ContainsKey(322) || fields.ContainsKey(324) ? "is in tiles"
            : bits is not (8 or 16) || (fields.TryGetValue(258, out var all) && Array.Exists(all, value => value != bits))
                ? $"has {bits} bits a sample"
            : One(339, 1) != 1 ? "holds signed numbers or floats"
            : compression is not (1 or 5 or 8 or 32946 or 32773) ? $"is packed by method {compression}"
            : rows > Math.Max(height, MostRows) && rows != uint.MaxValue ? $"has strips of {rows} rows"
            : kind is "CMYK" or "?" ? $"has the photometric interpretation {photometric}"
            : samples is < 1 or > 4 || (kind == "RGB" && samples < 3) ? $"has {samples} samples a pixel"
            : null;
        if (problem is not null)
        {
            return (null, $"the TIFF {problem}, which is not read.", Advice);
        }

        var strips = fields.GetValueOrDefault((ushort)273, []);
        var lengths = fields.GetValueOrDefault((ushort)279, []);
        if (strips.Length == 0 || strips.Length != lengths.Length)
        {
            return (null, "the TIFF's list of strips is damaged.", Advice);
        }

        for (var i = 0; i < strips.Length; i++)
        {
            if (strips[i] + lengths[i] > file.Length)
            {
                return (null, ImageStructure.Truncated("TIFF", file.Length), ImageStructure.TruncatedAdvice);
            }
        }

        // Uncompressed strips that are too short for the rows would leave the rest black.
        if (compression == 1 && lengths.Sum() < (double)width * height * samples * (bits / 8))
        {
            return (null, ImageStructure.Truncated("TIFF", file.Length), ImageStructure.TruncatedAdvice);
        }

        var mode = kind == "L" ? (samples > 1 ? "LA" : bits == 16 ? "I;16" : "L") : kind == "RGB" && samples == 4 ? "RGBA" : kind;
        return (new ImageHeader(ImageFileFormat.Tiff, (int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue), mode,
            (int)bits, IsProgressive: false), "", "");
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
