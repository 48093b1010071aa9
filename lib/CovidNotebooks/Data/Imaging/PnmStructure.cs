namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// The header of a portable pixmap (Netpbm's pbm, pgm and ppm), and whether all its samples are there: ImageSharp takes what is missing for
/// black.
/// </summary>
/// <param name="Kind">The digit after the P: 1 to 3 in words, 4 to 6 binary.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Maximum">The value of white; 1 in a bit map.</param>
/// <param name="Data">Where the samples begin.</param>
internal sealed record PnmStructure(int Kind, int Width, int Height, int Maximum, int Data)
{
    private const string Advice =
        "Expected P1 to P6, then width, height and (but for a bit map) a maximum from 1 to 65535. Convert the file to PNG, or remove it.";

    /// <summary>True for the values that fill two bytes in a binary file.</summary>
    public bool IsWide => Maximum > 255;

    /// <summary>Samples a pixel.</summary>
    public int Channels => Kind is 3 or 6 ? 3 : 1;

    public static bool IsPnm(ReadOnlySpan<byte> file) =>
        file.Length > 2 && file[0] == (byte)'P' && file[1] is >= (byte)'1' and <= (byte)'6' && (IsSpace(file[2]) || file[2] == (byte)'#');

    public static (ImageHeader? Header, string Found, string Advice) ReadHeader(ReadOnlySpan<byte> file)
    {
        if (Read(file) is not { } structure)
        {
            return (null, "the portable pixmap's header is damaged.", Advice);
        }

        if (structure is { Kind: < 4, IsWide: true })
        {
            return (null, $"the portable pixmap is in words with values up to {structure.Maximum}, which is not read.",
                "Convert the file to PNG, or remove it.");
        }

        var mode = structure.Channels == 3 ? "RGB" : structure.Kind is 1 or 4 ? "1" : structure.IsWide ? "I;16" : "L";
        return structure.IsWhole(file)
            ? (new ImageHeader(ImageFileFormat.Pnm, structure.Width, structure.Height, mode, structure.IsWide ? 16 : 8,
                IsProgressive: false), "", "")
            : (null, ImageStructure.Truncated("portable pixmap", file.Length), ImageStructure.TruncatedAdvice);
    }

    public static PnmStructure? Read(ReadOnlySpan<byte> file)
    {
        var (kind, at, maximum) = (file[1] - '0', 2, 1);
        var whole = Number(file, ref at, out var width) && Number(file, ref at, out var height)
            && (kind is 1 or 4 || Number(file, ref at, out maximum))
            ? height
            : 0;
        return width > 0 && whole > 0 && maximum is > 0 and <= 65535 && at < file.Length && IsSpace(file[at])
            ? new PnmStructure(kind, width, whole, maximum, at + 1) : null;
    }

    private bool IsWhole(ReadOnlySpan<byte> file)
    {
        var rest = file[Data..];
        if (Kind >= 4)
        {
            return rest.Length >= (Kind == 4 ? (Width + 7L) / 8 : (long)Width * Channels * (IsWide ? 2 : 1)) * Height;
        }

        // In words a sample is a number; in a bit map it may be a single digit, with or without space.
        long samples = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            samples += !IsSpace(rest[i]) && (Kind == 1 || i == 0 || IsSpace(rest[i - 1])) ? 1 : 0;
        }

        return samples >= (long)Width * Height * Channels;
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (>= 9 and <= 13);

    private static bool Number(ReadOnlySpan<byte> file, ref int at, out int number)
    {
        number = 0;
        while (at < file.Length && (IsSpace(file[at]) || file[at] == (byte)'#'))
        {
            var line = file[at] == (byte)'#' ? file[at..].IndexOf((byte)'\n') : 0;
            at = line < 0 ? file.Length : at + line + 1;
        }

        var start = at;
        while (at < file.Length && at - start < 8 && char.IsAsciiDigit((char)file[at]))
        {
            number = (number * 10) + file[at++] - '0';
        }

        return at > start;
    }
}
