namespace CovidNotebooks.Data.Imaging;

/// <summary>The image formats that are read, recognised by their first bytes and never by the file's name.</summary>
public enum ImageFileFormat
{
    /// <summary>PNG.</summary>
    Png,

    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>Windows bitmap, uncompressed.</summary>
    Bmp,

    /// <summary>Binary portable grey map or pixmap (PGM, PPM).</summary>
    Pnm,
}

/// <summary>What an image file says of itself before any pixel is decoded.</summary>
/// <param name="Format">The format of the content.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mode">The colour mode in Pillow's words: 1, L, LA, P, RGB, RGBA, CMYK, I;16.</param>
/// <param name="BitDepth">Bits a channel.</param>
/// <param name="IsProgressive">True for progressive JPEG and interlaced PNG.</param>
public sealed record ImageHeader(ImageFileFormat Format, int Width, int Height, string Mode, int BitDepth, bool IsProgressive);
