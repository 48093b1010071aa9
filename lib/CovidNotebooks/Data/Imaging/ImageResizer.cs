namespace CovidNotebooks.Data.Imaging;

/// <summary>Resizes 8-bit images exactly as the libraries of the documents do.</summary>
public static class ImageResizer
{
    /// <summary>The image at another size; the same image when the size does not change.</summary>
    /// <param name="image">1 or 3 channels.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="interpolation">Whose resizing.</param>
    public static PixelImage Resize(PixelImage image, int width, int height, Interpolation interpolation)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (width == image.Width && height == image.Height)
        {
            return image;
        }

        return interpolation switch
        {
            Interpolation.PilNearest => PilNearest.Resize(image, width, height),
            Interpolation.PilBilinear => PilConvolution.Bilinear(image, width, height),
            Interpolation.PilLanczos => PilConvolution.Lanczos(image, width, height),
            Interpolation.Cv2Linear => Cv2Linear.Resize(image, width, height),
            _ =>
                throw new ArgumentOutOfRangeException(
                    nameof(interpolation), interpolation, "Expected PilNearest, PilBilinear, PilLanczos or Cv2Linear."),
        };
    }

    /// <summary>
    /// torchvision's <c>Resize(side)</c>: the shorter side becomes <paramref name="side"/>, the longer one side × long / short, cut to a
    /// whole number.
    /// </summary>
    public static (int Width, int Height) ShorterSideSize(int width, int height, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        return width <= height
            ? (side, (int)((long)side * height / width))
            : ((int)((long)side * width / height), side);
    }
}
