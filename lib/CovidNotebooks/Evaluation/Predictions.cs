using System.Security.Cryptography;
using System.Text;
using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>A model's answers on a set of images: what every metric, chart and run record is made from.</summary>
public sealed class Predictions : Displayed
{
    /// <summary>Checks and keeps the answers.</summary>
    /// <param name="classNames">One name a class, in the order of the labels; at least two.</param>
    /// <param name="items">One answer an image, in the order of the dataset.</param>
    /// <param name="positiveClass">The class whose detection sensitivity and ROC are about; 1 by default.</param>
    /// <exception cref="ArgumentException">
    /// A label, a number of scores or a score is impossible, or an image occurs twice; the message names the image.
    /// </exception>
    public Predictions(IReadOnlyList<string> classNames, IReadOnlyList<Prediction> items, int positiveClass = 1)
    {
        if (classNames.Count < 2)
        {
            throw new ArgumentException($"There must be at least two classes, found {classNames.Count}.", nameof(classNames));
        }

        if (positiveClass < 0 || positiveClass >= classNames.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(positiveClass), positiveClass,
                $"The positive class must be between 0 and {classNames.Count - 1} ({string.Join(", ", classNames)}).");
        }

        CheckItems(classNames, items);
        ClassNames = [.. classNames];
        Items = [.. items];
        PositiveClass = positiveClass;
        Labels = Items.Select(item => item.Label).ToArray();
        PositiveScores = Items.Select(item => item.Scores[positiveClass]).ToArray();
        PredictedLabels = Items.Select(item => item.PredictedLabel).ToArray();
    }

    /// <summary>One name a class, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>One answer an image.</summary>
    public IReadOnlyList<Prediction> Items { get; }

    /// <summary>The class whose detection sensitivity and ROC are about.</summary>
    public int PositiveClass { get; }

    /// <summary>The number of images.</summary>
    public int Count => Items.Count;

    /// <summary>The true classes, one an image.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The score of <see cref="PositiveClass"/>, one an image.</summary>
    public IReadOnlyList<double> PositiveScores { get; }

    /// <summary>
    /// The answer, one an image: the class with the highest score (the first where several are equal), or what <see cref="AtThreshold"/>
    /// decided.
    /// </summary>
    public IReadOnlyList<int> PredictedLabels { get; }

    /// <summary>What <see cref="AtThreshold"/> decided by; null where the highest score decides.</summary>
    public double? Threshold { get; private init; }

    /// <summary>Counts of true against predicted classes.</summary>
    public ConfusionMatrix Confusion => ConfusionMatrix.Of(Labels, PredictedLabels, ClassNames);

    /// <summary>
    /// SHA-256 over the images' ids and labels, sorted by id: equal for two models exactly when they answered about the same
    /// images with the same truth. Paired comparisons ask for it.
    /// </summary>
    public string TestSetHash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', ClassNames) + "\n"));
            foreach (var item in Items.OrderBy(item => item.Id, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{item.Id}\0{item.Label}\n"));
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>
    /// The images that were classified wrongly, the highest loss first; where no loss is known, the lowest score of the true class first.
    /// </summary>
    public IReadOnlyList<Prediction> Misclassified =>
        [.. Items.Where(item => !item.IsCorrect).OrderByDescending(item => double.IsNaN(item.Loss) ? 1 - item.Scores[item.Label]
            : item.Loss).ThenBy(item => item.Id, StringComparer.Ordinal)];

    /// <summary>The same scores, with another rule of decision: positive from a score of <paramref name="threshold"/> on.</summary>
    /// <param name="threshold">Chosen on other images than these, see <see cref="ThresholdChoice"/>.</param>
    /// <exception cref="InvalidOperationException">There are more than two classes: one threshold cannot decide between them.</exception>
    public Predictions AtThreshold(double threshold) =>
        ClassNames.Count == 2
            ? new Predictions(
                ClassNames,
                [
                    .. Items.Select(
                        item => item with { Decision = item.Scores[PositiveClass] >= threshold ? PositiveClass : 1 - PositiveClass }),
                ],
                PositiveClass)
            { Threshold = threshold }
            : throw new InvalidOperationException($"A threshold decides between two classes, and there are {ClassNames.Count}: "
                + $"{string.Join(", ", ClassNames)}.");

    /// <summary>The answers about some of the images.</summary>
    /// <param name="condition">Which are kept.</param>
    public Predictions Where(Func<Prediction, bool> condition) => new(ClassNames, [.. Items.Where(condition)], PositiveClass);

    /// <summary>The share that was answered rightly.</summary>
    public Proportion Accuracy => new(Items.Count(item => item.IsCorrect), Count);

    /// <summary>The share that was called positive.</summary>
    public Proportion CalledPositive => new(PredictedLabels.Count(label => label == PositiveClass), Count);

    /// <summary>
    /// How often the positive class was called, and with which scores, in parts of the images: by source, by class, by anything that a
    /// function tells.
    /// </summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="part">The part that an image belongs to.</param>
    public Table TableBy(string caption, Func<Prediction, string?> part) => Table.Of(
        caption,
        Items.GroupBy(part, StringComparer.Ordinal).OrderBy(own => own.Key, StringComparer.Ordinal)
            .Select(own => (Name: own.Key, Answers: Where(item => string.Equals(part(item), own.Key, StringComparison.Ordinal)))),
        ("images", own => own.Name ?? "unknown"),
        ("number", own => own.Answers.Count),
        ($"called {ClassNames[PositiveClass]}", own => own.Answers.CalledPositive),
        ("lowest score", own => own.Answers.PositiveScores.Min()),
        ("mean score", own => own.Answers.PositiveScores.Average()),
        ("highest score", own => own.Answers.PositiveScores.Max()));

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    private static void CheckItems(IReadOnlyList<string> classNames, IReadOnlyList<Prediction> items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Label < 0 || item.Label >= classNames.Count)
            {
                throw new ArgumentException($"Image '{item.Id}' has label {item.Label}; there are {classNames.Count} classes, so labels "
                    + $"go from 0 to {classNames.Count - 1}.", nameof(items));
            }

            if (item.Scores.Count != classNames.Count)
            {
                throw new ArgumentException($"Image '{item.Id}' has {item.Scores.Count} scores for {classNames.Count} classes "
                    + $"({string.Join(", ", classNames)}). Give one score a class.", nameof(items));
            }

            if (item.Scores.Any(double.IsNaN))
            {
                throw new ArgumentException($"Image '{item.Id}' has a score that is not a number. The model diverged or its input was "
                    + "broken: look at the loss before evaluating.", nameof(items));
            }

            if (!seen.Add(item.Id))
            {
                throw new ArgumentException($"Image '{item.Id}' occurs twice. "
                    + "Each image must be answered once, otherwise every count is wrong.", nameof(items));
            }
        }
    }

    private Table AsTable()
    {
        var table = new Table($"Predictions on {Count} images, positive class {ClassNames[PositiveClass]}", TableColumn.Text("class"),
            TableColumn.Number("images"), TableColumn.Number("predicted"), TableColumn.Number("right"));
        for (var label = 0; label < ClassNames.Count; label++)
        {
            var (own, given) = (label, label);
            table.Add(
                ClassNames[label],
                DisplayedNumber.ValueText(Labels.Count(truth => truth == own)),
                DisplayedNumber.ValueText(PredictedLabels.Count(predicted => predicted == given)),
                DisplayedNumber.ValueText(Items.Count(item => item.Label == own && item.IsCorrect)));
        }

        return table;
    }
}
