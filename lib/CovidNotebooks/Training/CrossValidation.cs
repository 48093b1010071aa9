using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Training;

/// <summary>
/// A data set whose every image was answered by a model that had not seen its group: the folds, the answers of each, and all of them
/// together.
/// </summary>
public sealed class CrossValidation : Displayed
{
    private CrossValidation(DatasetSplit folds, IReadOnlyList<Predictions> answers, Predictions together)
    {
        Folds = folds;
        Answers = answers;
        Together = together;
    }

    /// <summary>The folds, whole groups in each.</summary>
    public DatasetSplit Folds { get; }

    /// <summary>The answers about each fold.</summary>
    public IReadOnlyList<Predictions> Answers { get; }

    /// <summary>The answers about all images, sorted by id.</summary>
    public Predictions Together { get; }

    /// <summary>Cuts a data set into folds of whole groups.</summary>
    /// <param name="images">What is cut.</param>
    /// <param name="seed">Of the cut.</param>
    /// <param name="folds">How many; at least 2.</param>
    public static DatasetSplit Cut(ImageDataset images, long seed, int folds = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        return Splitter.Grouped(images, seed, [.. Enumerable.Range(1, folds)
            .Select(fold => (string.Create(CultureInfo.InvariantCulture, $"fold {fold}"), 1.0 / folds))]);
    }

    /// <summary>Trains once a fold on all other images, and asks about the fold.</summary>
    /// <param name="images">All images.</param>
    /// <param name="seed">Of the folds.</param>
    /// <param name="answer">Trains on the first data set and answers about the second.</param>
    /// <param name="folds">How many; at least 2.</param>
    public static CrossValidation Over(ImageDataset images, long seed, Func<ImageDataset, ImageDataset, Predictions> answer, int folds = 5)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(answer);
        var cut = Cut(images, seed, folds);
        var answers = cut.Parts.Select(fold => answer(Without(images, fold.Dataset), fold.Dataset)).ToArray();
        return new CrossValidation(cut, answers, Joined(answers));
    }

    /// <summary>The first fold against the others, as a split to audit.</summary>
    /// <param name="images">All images.</param>
    /// <param name="seed">Of the folds.</param>
    /// <param name="folds">How many; at least 2.</param>
    public static DatasetSplit FirstFold(ImageDataset images, long seed, int folds = 5)
    {
        var held = Cut(images, seed, folds).Parts[0].Dataset;
        return new DatasetSplit("fold 1 against the others", [("train", Without(images, held)), ("test", held)]);
    }

    /// <summary>Answers of several folds in one, sorted by id.</summary>
    internal static Predictions Joined(IReadOnlyList<Predictions> answers) =>
        new(
            answers[0].ClassNames,
            [.. answers.SelectMany(own => own.Items).OrderBy(item => item.Id, StringComparer.Ordinal)],
            answers[0].PositiveClass);

    /// <summary>The images that are not held out, in their order.</summary>
    internal static ImageDataset Without(ImageDataset images, ImageDataset held)
    {
        var paths = held.Images.Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
        return images.Where(image => !paths.Contains(image.Path));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var all = BinaryMetrics.Of(Together);
        return new DisplayDocument()
            .Say(
                $"{Answers.Count} folds by group, each image answered once: accuracy {all.Accuracy}, from "
                    + $"{DisplayedNumber.Fixed(Answers.Min(Share))} to {DisplayedNumber.Fixed(Answers.Max(Share))} in the folds.",
                ParagraphKind.Finding)
            .Add(Table.Of(
                null,
                Folds.Parts.Zip(Answers),
                ("fold", fold => fold.First.Name),
                ("images", fold => fold.First.Dataset.Count),
                ("groups", fold => fold.First.Dataset.GroupCount),
                ("accuracy", fold => BinaryMetrics.Of(fold.Second).Accuracy),
                ("sensitivity", fold => BinaryMetrics.Of(fold.Second).Sensitivity),
                ("specificity", fold => BinaryMetrics.Of(fold.Second).Specificity)));
    }

    private static double Share(Predictions own) => own.Confusion.Correct / (double)own.Count;
}
