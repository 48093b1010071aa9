namespace CovidNotebooks.Evaluation;

/// <summary>The metrics of one class against all others, from counts.</summary>
public sealed record BinaryMetrics
{
    private readonly ConfusionMatrix confusion;

    private BinaryMetrics(ConfusionMatrix confusion, int positiveClass)
    {
        this.confusion = confusion;
        PositiveClass = positiveClass;
        TruePositives = confusion[positiveClass, positiveClass];
        FalseNegatives = confusion.RowTotal(positiveClass) - TruePositives;
        FalsePositives = confusion.ColumnTotal(positiveClass) - TruePositives;
        TrueNegatives = confusion.Total - TruePositives - FalseNegatives - FalsePositives;
    }

    /// <summary>The class that counts as positive.</summary>
    public int PositiveClass { get; }

    /// <summary>Positive and called positive.</summary>
    public int TruePositives { get; }

    /// <summary>Positive but called negative.</summary>
    public int FalseNegatives { get; }

    /// <summary>Negative but called positive.</summary>
    public int FalsePositives { get; }

    /// <summary>Negative and called negative.</summary>
    public int TrueNegatives { get; }

    /// <summary>The share of all images that were classified rightly (over all classes, where there are more than two).</summary>
    public Proportion Accuracy => new(confusion.Correct, confusion.Total);

    /// <summary>The share of the positive images that were called positive: recall, true positive rate.</summary>
    public Proportion Sensitivity => new(TruePositives, TruePositives + FalseNegatives);

    /// <summary>The share of the negative images that were called negative: true negative rate.</summary>
    public Proportion Specificity => new(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>The share of those called positive that are: positive predictive value.</summary>
    public Proportion Precision => new(TruePositives, TruePositives + FalsePositives);

    /// <summary>The share of those called negative that are.</summary>
    public Proportion NegativePredictiveValue => new(TrueNegatives, TrueNegatives + FalseNegatives);

    /// <summary>The harmonic mean of precision and sensitivity; 0 where both are 0 (scikit-learn's rule).</summary>
    public double F1 => ClassScores.HarmonicMean(Precision.Value, Sensitivity.Value);

    /// <summary>The mean sensitivity over the classes that occur as truth (scikit-learn's <c>balanced_accuracy_score</c>).</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public double BalancedAccuracy => Agreement.BalancedAccuracy(confusion);

    /// <summary>Matthews' correlation; 0 where truth or predictions hold one class only (scikit-learn's rule).</summary>
    public double Matthews => Agreement.Matthews(confusion);

    /// <summary>Cohen's kappa.</summary>
    /// <exception cref="UndefinedMetricException">
    /// Truth and predictions are all of one same class, so chance agreement is already complete.
    /// </exception>
    public double CohenKappa => Agreement.CohenKappa(confusion);

    /// <summary>From counts.</summary>
    /// <param name="confusion">Two classes or more.</param>
    /// <param name="positiveClass">Its index; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static BinaryMetrics Of(ConfusionMatrix confusion, int positiveClass = 1)
    {
        if (positiveClass < 0 || positiveClass >= confusion.Size)
        {
            throw new ArgumentOutOfRangeException(nameof(positiveClass), positiveClass,
                $"The positive class must be between 0 and {confusion.Size - 1} ({string.Join(", ", confusion.ClassNames)}).");
        }

        return new BinaryMetrics(confusion, positiveClass);
    }

    /// <summary>From a model's answers; the positive class is theirs.</summary>
    public static BinaryMetrics Of(Predictions predictions) => Of(predictions.Confusion, predictions.PositiveClass);
}
