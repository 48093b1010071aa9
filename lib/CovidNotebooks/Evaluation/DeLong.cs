namespace CovidNotebooks.Evaluation;

/// <summary>An AUC with its variance.</summary>
/// <param name="Auc">Between 0 and 1.</param>
/// <param name="Variance">
/// DeLong's; 0 where the classes are fully separated, which says that the method is at its end, not that the AUC is certain.
/// </param>
public sealed record DeLongResult(double Auc, double Variance)
{
    /// <summary>The square root of the variance.</summary>
    public double StandardError => Math.Sqrt(Variance);

    /// <summary>The normal interval, cut to [0, 1].</summary>
    public Interval Interval(double confidence = .95) => UnclippedInterval(confidence) is var wide
        ? new Interval(Math.Max(0, wide.Low), Math.Min(1, wide.High)) : default;

    /// <summary>The normal interval as computed; its upper end may lie above 1.</summary>
    public Interval UnclippedInterval(double confidence = .95)
    {
        var half = Wilson.Quantile(confidence) * StandardError;
        return new Interval(Auc - half, Auc + half);
    }
}

/// <summary>The variance of AUCs by placement values, ties counted half (DeLong, DeLong and Clarke-Pearson 1988).</summary>
public static class DeLong
{
    private const string Name = "DeLong's variance";

    /// <summary>An AUC with its variance.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">A class has fewer than two images.</exception>
    public static DeLongResult Of(IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass = 1)
    {
        var placements = Placements.Of(Name, labels, scores, positiveClass);
        return new DeLongResult(placements.Auc, placements.CovarianceWith(placements));
    }

    /// <summary>The AUC of a model's answers.</summary>
    public static DeLongResult Of(Predictions predictions) => Of(predictions.Labels, predictions.PositiveScores, predictions.PositiveClass);

    /// <summary>Compares two models on the same images.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scoresA">Scores of the first model.</param>
    /// <param name="scoresB">Scores of the second, in the same order.</param>
    /// <param name="positiveClass">1 by default.</param>
    /// <exception cref="UndefinedMetricException">A class has fewer than two images.</exception>
    public static AucComparison Compare(IReadOnlyList<int> labels, IReadOnlyList<double> scoresA, IReadOnlyList<double> scoresB,
        int positiveClass = 1)
    {
        var a = Placements.Of(Name, labels, scoresA, positiveClass);
        var b = Placements.Of(Name, labels, scoresB, positiveClass);
        return new AucComparison(a.Auc, b.Auc, a.CovarianceWith(a), b.CovarianceWith(b), a.CovarianceWith(b));
    }
}
