using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Charts;

/// <summary>What augmentation does to images: whether they still show what their label says.</summary>
public static class AugmentationPreview
{
    /// <summary>
    /// A row an image: as it is resized, then what the model sees of it in the first epochs of training with this loader.
    /// </summary>
    /// <param name="loader">A loader with augmentation; its own seed draws the changes.</param>
    /// <param name="images">Indices into the loader's data set.</param>
    /// <param name="epochs">Variants an image.</param>
    /// <exception cref="ArgumentException">The loader changes nothing.</exception>
    /// <exception cref="BadImageException">A file cannot be read.</exception>
    public static PictureGrid Of(ImageLoader loader, IReadOnlyList<int> images, int epochs = 4)
    {
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentNullException.ThrowIfNull(images);
        var options = loader.Options with { Normalization = null };
        if (options is { Augmentation: null, RandomCrop: null })
        {
            throw new ArgumentException(
                "The loader has no augmentation, so every epoch sees the same picture. "
                    + "Set LoaderOptions.Augmentation or RandomCrop, or show a SampleGrid.",
                nameof(loader));
        }

        // Grey levels as people see them: what the network's normalisation makes of them is no picture.
        using var changing = new ImageLoader(loader.Dataset, options);
        using var plain = new ImageLoader(loader.Dataset, options with { Augmentation = null, RandomCrop = null, ShorterSide = null });
        var rows = images.Select(index => (
            loader.Dataset.Images[index].Path,
            Seen(plain, index, 0),
            (IReadOnlyList<PixelImage>)[.. Enumerable.Range(0, epochs).Select(epoch => Seen(changing, index, epoch))])).ToArray();
        var shown = Of(rows, options.Augmentation is { } augmentation ? Settings(augmentation) : Settings(options.RandomCrop!));
        return loader.Dataset.PicturesMayBePublished ? shown.OfNobody() : shown;
    }

    /// <summary>A row an image: the original, then what the model sees of it in successive epochs.</summary>
    /// <param name="images">For each image its name, the original, and its variants in the order of the epochs.</param>
    /// <param name="settings">The augmentation in words, for example its ranges; null for none.</param>
    public static PictureGrid Of(IReadOnlyList<(string Name, PixelImage Original, IReadOnlyList<PixelImage> Variants)> images,
        string? settings = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var rows = images.Select(image => new PictureRow(
            null,
            [new Picture(image.Name, image.Original, "original"),
                .. image.Variants.Select((variant, i) => new Picture(image.Name, variant, $"epoch {i + 1}"))])).ToArray();
        return new PictureGrid("Augmentation", rows, settings);
    }

    private static PixelImage Seen(ImageLoader loader, int index, int epoch)
    {
        var options = loader.Options;
        var pixels = loader.Sample(index, epoch).Select(value => (byte)Math.Clamp(Math.Round(value / options.Rescale), 0, 255)).ToArray();
        return new PixelImage(options.Width, options.Height, pixels.Length / (options.Width * options.Height), pixels);
    }

    private static string Settings(RandomResizedCrop crop) => string.Create(
        CultureInfo.InvariantCulture,
        $"random part of {crop.Scale.Lowest:0.##} to {crop.Scale.Highest:0.##} of the area, {crop.Ratio.Lowest:0.##} to "
            + $"{crop.Ratio.Highest:0.##} as wide as high, horizontal flip with probability {crop.HorizontalFlipProbability:0.##}");

    private static string Settings(KerasAugmentation augmentation)
    {
        var said = new List<string>();
        Add("rotation", augmentation.RotationRange != 0, string.Create(CultureInfo.InvariantCulture, $"±{augmentation.RotationRange}°"));
        Add("width shift", augmentation.WidthShiftRange != ShiftRange.None, augmentation.WidthShiftRange.ToString());
        Add("height shift", augmentation.HeightShiftRange != ShiftRange.None, augmentation.HeightShiftRange.ToString());
        Add("shear", augmentation.ShearRange != 0, string.Create(CultureInfo.InvariantCulture, $"±{augmentation.ShearRange}°"));
        Add("zoom", augmentation.ZoomRange != ZoomRange.None,
            string.Create(CultureInfo.InvariantCulture, $"{augmentation.ZoomRange.Lowest} to {augmentation.ZoomRange.Highest}"));
        Add("horizontal flip", augmentation.HorizontalFlip, null);
        Add("vertical flip", augmentation.VerticalFlip, null);
        said.Add($"filled by {augmentation.FillMode}".ToLowerInvariant());
        return string.Join(", ", said);

        void Add(string name, bool isUsed, string? value)
        {
            if (isUsed)
            {
                said.Add(value is null ? name : $"{name} {value}");
            }
        }
    }
}
