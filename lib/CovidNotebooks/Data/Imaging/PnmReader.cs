namespace CovidNotebooks.Data.Imaging;

/// <summary>Binary PGM (P5) and PPM (P6) files with 8 bits a channel.</summary>
internal static class PnmReader
{
    private const string Advice = "Expected a binary PGM or PPM file with values up to 255. Convert the file to PNG, or remove it.";

    public static (ImageHeader? Header, string Found, string Advice) ReadHeader(ReadOnlySpan<byte> file)
    {
        if (!TryRead(file, out var width, out var height, out var maximum, out var data))
        {
            return (null, "the portable pixmap's header is damaged or of a kind that is not read.", Advice);
        }

        var channels = file[1] == (byte)'6' ? 3 : 1;
        return maximum != 255
            ? (null, $"the portable pixmap has values up to {maximum}.", Advice)
            : data + ((long)width * height * channels) > file.Length
                ? (null, ImageStructure.Truncated("portable pixmap", file.Length), ImageStructure.TruncatedAdvice)
                : (new ImageHeader(ImageFileFormat.Pnm, width, height, channels == 3 ? "RGB" : "L", 8, IsProgressive: false), "", "");
    }

    public static PixelImage Decode(ReadOnlySpan<byte> file)
    {
        _ = TryRead(file, out var width, out var height, out _, out var data);
        var channels = file[1] == (byte)'6' ? 3 : 1;
        return new PixelImage(width, height, channels, file.Slice(data, width * height * channels).ToArray()).ToRgb();
    }

    private static bool TryRead(ReadOnlySpan<byte> file, out int width, out int height, out int maximum, out int data)
    {
        (width, height, maximum) = (0, 0, 0);
        data = 2;
        return Number(file, ref data, out width) && Number(file, ref data, out height) && Number(file, ref data, out maximum)
            && width > 0 && height > 0 && maximum > 0 && ++data <= file.Length;
    }

    private static bool Number(ReadOnlySpan<byte> file, ref int at, out int number)
    {
        number = 0;
        while (at < file.Length && (file[at] <= (byte)' ' || file[at] == (byte)'#'))
        {
            if (file[at] == (byte)'#')
            {
                while (at < file.Length && file[at] != (byte)'\n')
                {
                    at++;
                }
            }
            else
            {
                at++;
            }
        }

        var start = at;
        while (at < file.Length && at - start < 8 && char.IsAsciiDigit((char)file[at]))
        {
            number = (number * 10) + file[at++] - '0';
        }

        return at > start;
    }
}
