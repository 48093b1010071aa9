using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Charts;

/// <summary>A few pictures of each class, chosen at random: what the model will see.</summary>
public static class SampleGrid
{
    /// <summary>Keeps the choice apart from every other draw of the same seed.</summary>
    private const long Purpose = 0x53414D504C45;

    /// <summary>A row a class, the files read as a loader reads them.</summary>
    /// <param name="dataset">Where to choose from.</param>
    /// <param name="perClass">Pictures a class; fewer where the class has fewer.</param>
    /// <param name="seed">Of the choice: the same seed shows the same pictures.</param>
    public static PictureGrid Of(ImageDataset dataset, int perClass = 5, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Of(dataset, PictureReading.From(dataset), perClass, seed);
    }

    /// <summary>A row a class.</summary>
    /// <param name="dataset">Where to choose from.</param>
    /// <param name="read">Reads one image; what it throws as <see cref="BadImageException"/> shows in the picture's place.</param>
    /// <param name="perClass">Pictures a class; fewer where the class has fewer.</param>
    /// <param name="seed">Of the choice: the same seed shows the same pictures.</param>
    public static PictureGrid Of(ImageDataset dataset, Func<LabeledImage, PixelImage> read, int perClass = 5, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        var rows = dataset.ClassNames.Select((name, label) => new PictureRow(
            string.Create(CultureInfo.InvariantCulture, $"{name}, {dataset.CountsByClass[label]:N0} images"),
            [.. Chosen(dataset, label, perClass, seed).Select(image => PictureReading.Of(image, read, image.Source))])).ToArray();
        return new PictureGrid($"{dataset.Name}: pictures of each class", rows,
            $"{perClass} a class, chosen at random (seed {seed})")
        { MayBePublished = dataset.PicturesMayBePublished };
    }

    private static IEnumerable<LabeledImage> Chosen(ImageDataset dataset, int label, int count, long seed)
    {
        var images = dataset.Images.Where(image => image.Label == label).ToArray();
        return new RandomStream(seed, Purpose, label).Permutation(images.Length).Take(count).Select(index => images[index]);
    }
}
