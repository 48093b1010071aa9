using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Reporting;

/// <summary>A metric of two classes that is a ratio of counts: the coefficients of TN, FP, FN and TP above and below the line.</summary>
internal sealed record CountRatio(string Name, string Words, long[] Part, long[] Whole)
{
    public static readonly CountRatio Accuracy = new(MetricNames.Accuracy, "accuracy", [1, 0, 0, 1], [1, 1, 1, 1]);
    public static readonly CountRatio Sensitivity = new(MetricNames.Sensitivity, "recall (sensitivity)", [0, 0, 0, 1], [0, 0, 1, 1]);
    public static readonly CountRatio Specificity = new(MetricNames.Specificity, "specificity", [1, 0, 0, 0], [1, 1, 0, 0]);
    public static readonly CountRatio Precision = new(MetricNames.Precision, "precision", [0, 0, 0, 1], [0, 1, 0, 1]);
    public static readonly CountRatio NegativePredictiveValue = new(MetricNames.NegativePredictiveValue, "negative predictive value",
        [1, 0, 0, 0], [1, 0, 1, 0]);
    public static readonly CountRatio F1 = new(MetricNames.F1, "F1", [0, 0, 0, 2], [0, 1, 1, 2]);
    public static readonly CountRatio F1OfNegatives = new("f1_of_negatives", "F1 of the negative class", [2, 0, 0, 0], [2, 1, 1, 0]);

    /// <summary>Those among which names are mixed up.</summary>
    public static readonly IReadOnlyList<CountRatio> OfOneClass = [Sensitivity, Specificity, Precision, NegativePredictiveValue];

    public static readonly IReadOnlyList<CountRatio> All = [Accuracy, Sensitivity, Specificity, Precision, NegativePredictiveValue, F1];

    public (long Part, long Whole) Of(CountMatrix matrix) => (Times(Part, matrix), Times(Whole, matrix));

    private static long Times(long[] coefficients, CountMatrix matrix) =>
        (coefficients[0] * matrix.TrueNegatives) + (coefficients[1] * matrix.FalsePositives) + (coefficients[2] * matrix.FalseNegatives)
            + (coefficients[3] * matrix.TruePositives);
}

/// <summary>The counts of two classes: rows are the truth, the positive class is last.</summary>
/// <param name="TrueNegatives">Negative and called so.</param>
/// <param name="FalsePositives">Negative but called positive.</param>
/// <param name="FalseNegatives">Positive but called negative.</param>
/// <param name="TruePositives">Positive and called so.</param>
public readonly record struct CountMatrix(long TrueNegatives, long FalsePositives, long FalseNegatives, long TruePositives)
{
    /// <summary>Images.</summary>
    public long Total => TrueNegatives + FalsePositives + FalseNegatives + TruePositives;

    /// <summary>Positive images.</summary>
    public long Positives => FalseNegatives + TruePositives;

    /// <summary>Negative images.</summary>
    public long Negatives => TrueNegatives + FalsePositives;

    /// <summary>The mean of sensitivity and specificity; null without images of both classes.</summary>
    public double? BalancedAccuracy => Positives > 0 && Negatives > 0
        ? (((double)TruePositives / Positives) + ((double)TrueNegatives / Negatives)) / 2 : null;

    /// <summary>Least and greatest area of a ROC curve that goes through this one point.</summary>
    public (double Low, double High)? AreaBounds => Positives > 0 && Negatives > 0
        ? ((double)TruePositives / Positives * TrueNegatives / Negatives,
        1 - ((double)FalseNegatives / Positives * FalsePositives / Negatives))
        : null;

    /// <summary><c>[[TN, FP], [FN, TP]]</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"[[{TrueNegatives}, {FalsePositives}], [{FalseNegatives}, {TruePositives}]]");

    internal long[] Cells => [TrueNegatives, FalsePositives, FalseNegatives, TruePositives];

    internal static CountMatrix Of(IReadOnlyList<long> cells) => new(cells[0], cells[1], cells[2], cells[3]);
}
