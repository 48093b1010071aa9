using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>Scores for every image of a dataset, each by a model that did not see the image or its group.</summary>
public static class OutOfFold
{
    /// <summary>Trains a model for each fold, by groups, and joins what each says of the images that it did not see.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="train">From the images to learn from and those to answer for to answers about the latter.</param>
    /// <param name="folds">Number of folds, at least 2; 5 by default.</param>
    /// <param name="seed">Of the folds.</param>
    public static Predictions Of(ImageDataset dataset, Func<ImageDataset, ImageDataset, Predictions> train, int folds = 5, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var parts = Splitter.Grouped(
            dataset,
            seed,
            [
                .. Enumerable.Range(1, folds).Select(fold => (string.Create(CultureInfo.InvariantCulture, $"fold {fold}"), 1.0 / folds)),
            ]).Parts;
        var answers = parts.Where(part => part.Dataset.Count > 0).SelectMany(part =>
        {
            var held = part.Dataset.Images.Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
            return train(dataset.Where(image => !held.Contains(image.Path)), part.Dataset).Items;
        }).ToDictionary(item => item.Id, StringComparer.Ordinal);
        return new Predictions(
            dataset.ClassNames, [.. dataset.Images.Where(image => answers.ContainsKey(image.Path)).Select(image => answers[image.Path])]);
    }

    /// <summary>The same with a logistic regression on thumbnails of 8 × 8 grey levels; unreadable files are left out.</summary>
    /// <inheritdoc cref="Of"/>
    public static Predictions Thumbnail(ImageDataset dataset, int folds = 5, long seed = 0) =>
        Of(
            dataset,
            (known, asked) => ShortcutProbe.Thumbnail(known, asked, new ProbeOptions { BadImages = BadImagePolicy.Skip }).Predictions,
            folds,
            seed);
}
