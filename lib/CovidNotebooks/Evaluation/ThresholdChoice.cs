using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>A threshold and why it was chosen. Choose it on validation images, never on those that the result is reported for.</summary>
/// <param name="Value">An image is called positive when its score is at least this.</param>
/// <param name="Reason">The rule and what it found, in a sentence.</param>
/// <param name="Sensitivity">On the images that it was chosen on.</param>
/// <param name="Specificity">On the images that it was chosen on.</param>
public sealed record ThresholdChoice(double Value, string Reason, Proportion Sensitivity, Proportion Specificity) : DisplayedRecord
{
    /// <inheritdoc/>
    public override DisplayDocument Describe() => new DisplayDocument()
        .Say(
            $"Call it positive from a score of {DisplayedNumber.Short(Value)}: sensitivity {Sensitivity}, specificity {Specificity} "
                + "on the images that chose it.",
            ParagraphKind.Finding)
        .Say(Reason, ParagraphKind.Note);

    /// <summary>
    /// The threshold with the largest Youden index (sensitivity + specificity - 1); the highest of them where several have it.
    /// </summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">One of the two classes is missing.</exception>
    public static ThresholdChoice Youden(IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass = 1)
    {
        var counts = Both("Youden's threshold", labels, scores, positiveClass);
        var best = 0;
        for (var i = 1; i < counts.Thresholds.Length; i++)
        {
            if (ScaledIndex(counts, i) > ScaledIndex(counts, best))
            {
                best = i;
            }
        }

        var index = (double)ScaledIndex(counts, best) / ((long)counts.Positives * counts.Negatives);
        var chance = index <= 0 ? " No threshold is better than chance." : string.Empty;
        return At(counts, best, $"largest Youden index, {DisplayedNumber.Fixed(index)}, on {labels.Count} images.{chance}");
    }

    /// <summary>The highest threshold that still finds at least the share <paramref name="target"/> of the positive images.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite.</param>
    /// <param name="target">The sensitivity asked for, above 0 and at most 1.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">One of the two classes is missing.</exception>
    public static ThresholdChoice ForSensitivity(IReadOnlyList<int> labels, IReadOnlyList<double> scores, double target,
        int positiveClass = 1)
    {
        if (!(target > 0 && target <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(target), target,
                "The sensitivity asked for must be above 0 and at most 1, for example .95.");
        }

        var counts = Both("threshold for a sensitivity", labels, scores, positiveClass);
        var first = Array.FindIndex(counts.TruePositives, hits => (double)hits / counts.Positives >= target);
        return At(counts, first,
            $"highest threshold with a sensitivity of at least {DisplayedNumber.Fixed(target)}, on {labels.Count} images.");
    }

    /// <summary><see cref="Youden(IReadOnlyList{int}, IReadOnlyList{double}, int)"/> for a model's answers.</summary>
    public static ThresholdChoice Youden(Predictions validation) =>
        Youden(validation.Labels, validation.PositiveScores, validation.PositiveClass);

    /// <summary><see cref="ForSensitivity(IReadOnlyList{int}, IReadOnlyList{double}, double, int)"/> for a model's answers.</summary>
    public static ThresholdChoice ForSensitivity(Predictions validation, double target) =>
        ForSensitivity(validation.Labels, validation.PositiveScores, target, validation.PositiveClass);

    /// <summary>Whether a score is called positive.</summary>
    public bool IsPositive(double score) => score >= Value;

    /// <summary>The confusion matrix of a model's answers at this threshold instead of by the highest score.</summary>
    /// <param name="predictions">Two classes.</param>
    /// <exception cref="ArgumentException">There are more than two classes, so "not positive" is no class.</exception>
    public ConfusionMatrix ConfusionOf(Predictions predictions)
    {
        if (predictions.ClassNames.Count != 2)
        {
            throw new ArgumentException($"A threshold decides between two classes; there are {predictions.ClassNames.Count} "
                + $"({string.Join(", ", predictions.ClassNames)}).", nameof(predictions));
        }

        var predicted = predictions.PositiveScores.Select(score => IsPositive(score) ? predictions.PositiveClass
            : 1 - predictions.PositiveClass).ToArray();
        return ConfusionMatrix.Of(predictions.Labels, predicted, predictions.ClassNames);
    }

    private static RankedCounts Both(string metric, IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass)
    {
        var counts = RankedCounts.Of(metric, labels, scores, positiveClass);
        return counts.Positives > 0 && counts.Negatives > 0
            ? counts
            : throw new UndefinedMetricException(metric,
            $"it needs images of both classes; found {counts.Positives} positive and {counts.Negatives} negative.");
    }

    /// <summary>Youden's index times positives times negatives: whole numbers, so that ties are ties.</summary>
    private static long ScaledIndex(RankedCounts counts, int i) =>
        ((long)counts.TruePositives[i] * counts.Negatives) - ((long)counts.FalsePositives[i] * counts.Positives);

    private static ThresholdChoice At(RankedCounts counts, int i, string rule)
    {
        var sensitivity = new Proportion(counts.TruePositives[i], counts.Positives);
        var specificity = new Proportion(counts.Negatives - counts.FalsePositives[i], counts.Negatives);
        var reason = $"Score at least {DisplayedNumber.ValueText(counts.Thresholds[i])}: {rule} Sensitivity {sensitivity}, specificity "
            + $"{specificity}.";
        return new ThresholdChoice(counts.Thresholds[i], reason, sensitivity, specificity);
    }
}
