namespace CovidNotebooks.Evaluation;

/// <summary>
/// Precision against recall over all thresholds, as scikit-learn 1.2's <c>precision_recall_curve</c>: thresholds rise, and a last point (1,
/// 0) without threshold closes the curve.
/// </summary>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(double[] thresholds, double[] precision, double[] recall, int positives)
    {
        Thresholds = thresholds;
        Precision = precision;
        Recall = recall;
        Positives = positives;
    }

    /// <summary>The distinct scores, rising; one fewer than the points.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The share of those called positive that are; the last is 1.</summary>
    public IReadOnlyList<double> Precision { get; }

    /// <summary>
    /// The share of the positive images that are called so; the last is 0. Where there is no positive image it is 1 everywhere else
    /// (scikit-learn's rule): ask <see cref="Positives"/>.
    /// </summary>
    public IReadOnlyList<double> Recall { get; }

    /// <summary>Images of the positive class.</summary>
    public int Positives { get; }

    /// <summary>
    /// Average precision: precision weighted by the gain in recall, without interpolation. 0 where there is no positive image
    /// (scikit-learn's rule).
    /// </summary>
    public double AveragePrecision
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Thresholds.Count; i++)
            {
                sum += (Recall[i] - Recall[i + 1]) * Precision[i];
            }

            return sum;
        }
    }

    /// <summary>Computes the curve.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    /// <exception cref="ArgumentException">The lists differ in length or a score is not finite.</exception>
    public static PrecisionRecallCurve Of(IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass = 1)
    {
        var counts = RankedCounts.Of("precision-recall curve", labels, scores, positiveClass);
        var points = counts.Thresholds.Length;
        var precision = new double[points + 1];
        var recall = new double[points + 1];
        for (var i = 0; i < points; i++)
        {
            var from = points - 1 - i;
            precision[i] = (double)counts.TruePositives[from] / (counts.TruePositives[from] + counts.FalsePositives[from]);
            recall[i] = counts.Positives == 0 ? 1 : (double)counts.TruePositives[from] / counts.Positives;
        }

        (precision[points], recall[points]) = (1, 0);
        return new PrecisionRecallCurve([.. counts.Thresholds.Reverse()], precision, recall, counts.Positives);
    }

    /// <summary>The curve of a model's answers, for their positive class.</summary>
    public static PrecisionRecallCurve Of(Predictions predictions) =>
        Of(predictions.Labels, predictions.PositiveScores, predictions.PositiveClass);
}
