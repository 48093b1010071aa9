using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>The images that a model got most wrong, with what it said about them.</summary>
public static class MisclassifiedGallery
{
    /// <summary>The misclassified images with the highest losses first, the files read as a loader reads them.</summary>
    /// <param name="predictions">What the model said.</param>
    /// <param name="dataset">Where the images are; an answer's id is the path of its image.</param>
    /// <param name="count">At most so many pictures.</param>
    /// <exception cref="ArgumentException">An answer is about an image that the data set does not have.</exception>
    public static PictureGrid Of(Predictions predictions, ImageDataset dataset, int count = 12)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Of(predictions, dataset, PictureReading.From(dataset), count);
    }

    /// <summary>The misclassified images with the highest losses first.</summary>
    /// <param name="predictions">What the model said.</param>
    /// <param name="dataset">Where the images are; an answer's id is the path of its image.</param>
    /// <param name="read">Reads one image; what it throws as <see cref="BadImageException"/> shows in the picture's place.</param>
    /// <param name="count">At most so many pictures.</param>
    /// <exception cref="ArgumentException">An answer is about an image that the data set does not have.</exception>
    public static PictureGrid Of(Predictions predictions, ImageDataset dataset, Func<LabeledImage, PixelImage> read, int count = 12)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var byPath = dataset.Images.ToDictionary(image => image.Path, StringComparer.Ordinal);
        var wrong = predictions.Misclassified;
        var pictures = wrong.Take(count).Select(item => byPath.TryGetValue(item.Id, out var image)
            ? PictureReading.Of(image, read, Said(predictions, item))
            : throw new ArgumentException(
                $"There is a prediction about '{item.Id}', but {dataset.Name} has no such image. Give the data set that was predicted.",
                nameof(dataset))).ToArray();
        var note = string.Create(CultureInfo.InvariantCulture,
            $"{wrong.Count:N0} of {predictions.Count:N0} images were classified wrongly; the worst "
                + $"first{(wrong.Count > count ? $", {count} of them shown" : "")}");
        return new PictureGrid("Worst mistakes", [new PictureRow(null, pictures)],
            note)
        { MayBePublished = dataset.PicturesMayBePublished };
    }

    private static string Said(Predictions predictions, Prediction item)
    {
        var loss = double.IsNaN(item.Loss) ? "" : $", loss {DisplayedNumber.Fixed(item.Loss, 2)}";
        return
            $"true {predictions.ClassNames[item.Label]}, called {predictions.ClassNames[item.PredictedLabel]} "
            + $"{DisplayedNumber.Fixed(item.Scores[item.PredictedLabel], 3)}{loss}";
    }
}
