using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats;

/// <summary>How wide a pixel is and whether it has alpha.</summary>
public class PixelTypeInfo
{
    public PixelTypeInfo(int bitsPerPixel) => BitsPerPixel = bitsPerPixel;

    public PixelTypeInfo(int bitsPerPixel, PixelAlphaRepresentation alpha)
        : this(bitsPerPixel) => AlphaRepresentation = alpha;

    public int BitsPerPixel { get; }

    public PixelAlphaRepresentation? AlphaRepresentation { get; }
}
