using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Data;

/// <summary>
/// Decoded and resized pixels of a dataset's images, kept in memory while they fit. Grey images are kept with one channel.
/// </summary>
/// <remarks>Any number of threads may read; what is kept decides how fast an epoch is, never what is in it.</remarks>
internal sealed class PixelCache(ImageDataset dataset, LoaderOptions options, LoadReport report)
{
    private readonly PixelImage?[] kept = new PixelImage?[dataset.Count];
    private readonly ImageFileReader reader = new(options.Limits, options.ApplyExifOrientation, options.Depth);

    /// <summary>An image in the loader's size (or, before a random crop, in its own), with one channel when it is grey.</summary>
    /// <exception cref="BadImageException">The file cannot be read as an image.</exception>
    public PixelImage Get(int index)
    {
        if (Volatile.Read(ref this.kept[index]) is { } kept)
        {
            return kept;
        }

        var image = reader.Read(dataset.FullPath(dataset.Images[index]), out var range);
        report.AddDecoded();
        if (range is not null)
        {
            report.AddDeep(dataset.Images[index].Path, range);
        }

        image = Resized(image, options);
        if (Volatile.Read(ref this.kept[index]) is null && report.TryReserve(image.Pixels.Length, options.CacheMegabytes << 20))
        {
            Volatile.Write(ref this.kept[index], image);
        }

        return image;
    }

    /// <summary>A decoded picture in the loader's size and colours.</summary>
    public static PixelImage Resized(PixelImage image, LoaderOptions options)
    {
        // The colour mode comes before the resize, as in Keras.
        if (options.ColorMode == ColorMode.Grayscale || image.IsGray())
        {
            image = image.ToGrayscale();
        }

        var (width, height) = options.ShorterSide is { } side ? ImageResizer.ShorterSideSize(image.Width, image.Height, side)
            : options.RandomCrop is not null ? (image.Width, image.Height)
            : (options.Width, options.Height);
        return ImageResizer.Resize(image, width, height, options.Interpolation);
    }
}
