namespace CovidNotebooks.Data.Imaging;

/// <summary>The image formats that are read, recognised by their first bytes and never by the file's name.</summary>
public enum ImageFileFormat
{
    /// <summary>PNG.</summary>
    Png,

    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>Portable bit map, grey map or pixmap (PBM, PGM, PPM), binary or in words.</summary>
    Pnm,

    /// <summary>GIF; of a film, the first frame.</summary>
    Gif,

    /// <summary>WebP; of a film, the first frame.</summary>
    WebP,

    /// <summary>DICOM: one uncompressed or JPEG-baseline frame.</summary>
    Dicom,

    /// <summary>TIFF in strips, of up to 16 bits a sample; of several pages, the first.</summary>
    Tiff,
}

/// <summary>What an image file says of itself before any pixel is decoded.</summary>
/// <param name="Format">The format of the content.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mode">The colour mode in Pillow's words: 1, L, LA, P, RGB, RGBA, CMYK, I;16. A bitmap with a palette is P, whatever the
/// palette holds.</param>
/// <param name="BitDepth">Bits a channel.</param>
/// <param name="IsProgressive">True for progressive JPEG and interlaced PNG.</param>
public sealed record ImageHeader(ImageFileFormat Format, int Width, int Height, string Mode, int BitDepth, bool IsProgressive)
{
    /// <summary>
    /// Whether the file's values become grey levels by a rule (<see cref="Depth"/>): more than 8 bits, and every DICOM file.
    /// </summary>
    public bool IsDeep => BitDepth > 8 || Format == ImageFileFormat.Dicom;

    /// <summary>The endings that files of this format go by, in small letters with the dot.</summary>
    public IReadOnlyList<string> Endings => Format switch
    {
        ImageFileFormat.Jpeg => [".jpg", ".jpeg"],
        ImageFileFormat.Pnm => [".pbm", ".pgm", ".ppm", ".pnm"],
        ImageFileFormat.Tiff => [".tif", ".tiff"],
        ImageFileFormat.Dicom => [".dcm", ".dicom", ".ima", ""],
        _ => [$".{Format.ToString().ToLowerInvariant()}"],
    };
}
