using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Charts;

/// <summary>What augmentation does to images: whether they still show what their label says.</summary>
public static class AugmentationPreview
{
    /// <summary>A row an image: the original, then what the model sees of it in successive epochs.</summary>
    /// <param name="images">For each image its name, the original, and its variants in the order of the epochs.</param>
    /// <param name="settings">The augmentation in words, for example its ranges; null for none.</param>
    public static PictureGrid Of(IReadOnlyList<(string Name, PixelImage Original, IReadOnlyList<PixelImage> Variants)> images, string? settings = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var rows = images.Select(image => new PictureRow(
            null,
            [new Picture(image.Name, image.Original, "original"), .. image.Variants.Select((variant, i) => new Picture(image.Name, variant, $"epoch {i + 1}"))])).ToArray();
        return new PictureGrid("Augmentation", rows, settings);
    }
}
