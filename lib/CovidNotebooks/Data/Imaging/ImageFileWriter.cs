using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace CovidNotebooks.Data.Imaging;

/// <summary>Encodes the kit's own pixels, for notebooks and for made sets.</summary>
/// <remarks>By ImageSharp: managed, the same bytes on every system, one channel stays one. What is written is never read from strangers, so
/// its decoders' flaws do not matter here.</remarks>
public static class ImageFileWriter
{
    /// <summary>Writes a PNG of one or three channels of 8 bits.</summary>
    /// <param name="image">1 or 3 channels.</param>
    /// <param name="target">Where to.</param>
    public static void WritePng(PixelImage image, Stream target)
    {
        using var encoded = Wrap(image);
        encoded.SaveAsPng(target);
    }

    /// <summary>Writes a baseline JPEG.</summary>
    /// <param name="image">1 or 3 channels.</param>
    /// <param name="target">Where to.</param>
    /// <param name="quality">1 to 100. Default 90.</param>
    public static void WriteJpeg(PixelImage image, Stream target, int quality = 90)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var encoded = Wrap(image);
        encoded.SaveAsJpeg(target, new JpegEncoder { Quality = quality });
    }

    private static Image Wrap(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Channels == 1
            ? Image.LoadPixelData<L8>(image.Pixels, image.Width, image.Height)
            : Image.LoadPixelData<Rgb24>(image.Pixels, image.Width, image.Height);
    }
}
