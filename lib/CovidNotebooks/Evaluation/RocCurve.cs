namespace CovidNotebooks.Evaluation;

/// <summary>The threshold of a ROC curve's first point, at which nothing is called positive.</summary>
public enum FirstThreshold
{
    /// <summary>Infinity: scikit-learn from 1.3 on.</summary>
    Infinity,

    /// <summary>The highest score plus 1: scikit-learn up to 1.2.</summary>
    HighestScorePlusOne,
}

/// <summary>
/// True against false positive rate over all thresholds, as scikit-learn's <c>roc_curve</c>. An image is called positive when its score is
/// at least the threshold.
/// </summary>
public sealed class RocCurve
{
    private readonly int[] truePositives;
    private readonly int[] falsePositives;

    private RocCurve(double[] thresholds, int[] truePositives, int[] falsePositives)
    {
        this.truePositives = truePositives;
        this.falsePositives = falsePositives;
        Thresholds = thresholds;
        Positives = truePositives[^1];
        Negatives = falsePositives[^1];
    }

    /// <summary>Falling; the first is chosen by <see cref="FirstThreshold"/>.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>Images of the positive class.</summary>
    public int Positives { get; }

    /// <summary>Images of the other classes.</summary>
    public int Negatives { get; }

    /// <summary>Sensitivity at each threshold, from 0 to 1.</summary>
    /// <exception cref="UndefinedMetricException">There is no positive image.</exception>
    public IReadOnlyList<double> TruePositiveRates => Rates("true positive rate", truePositives, "positive");

    /// <summary>1 - specificity at each threshold, from 0 to 1.</summary>
    /// <exception cref="UndefinedMetricException">There is no negative image.</exception>
    public IReadOnlyList<double> FalsePositiveRates => Rates("false positive rate", falsePositives, "negative");

    /// <summary>
    /// The area under the curve: the probability that a positive image scores higher than a negative one, ties counted half.
    /// </summary>
    /// <exception cref="UndefinedMetricException">One of the two classes is missing.</exception>
    public double Area
    {
        get
        {
            if (Positives == 0 || Negatives == 0)
            {
                throw new UndefinedMetricException("AUC",
                    $"it needs images of both classes; found {Positives} positive and {Negatives} negative.");
            }

            double doubled = 0;
            for (var i = 1; i < truePositives.Length; i++)
            {
                doubled += (double)(falsePositives[i] - falsePositives[i - 1]) * (truePositives[i] + truePositives[i - 1]);
            }

            return doubled / (2.0 * Positives * Negatives);
        }
    }

    /// <summary>Computes the curve.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite, probabilities or not.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <param name="dropIntermediate">Leave out points on a straight line, as scikit-learn does by default.</param>
    /// <param name="first">The first threshold.</param>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    /// <exception cref="ArgumentException">The lists differ in length or a score is not finite.</exception>
    public static RocCurve Of(IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass = 1, bool dropIntermediate = true,
        FirstThreshold first = FirstThreshold.Infinity)
    {
        var counts = RankedCounts.Of("ROC curve", labels, scores, positiveClass);
        var kept = Enumerable.Range(0, counts.Thresholds.Length).Where(i => !dropIntermediate || !IsOnLine(counts, i)).ToArray();
        var start = first == FirstThreshold.Infinity ? double.PositiveInfinity : counts.Thresholds[0] + 1;
        return new RocCurve(
            [start, .. kept.Select(i => counts.Thresholds[i])],
            [0, .. kept.Select(i => counts.TruePositives[i])],
            [0, .. kept.Select(i => counts.FalsePositives[i])]);
    }

    /// <summary>The curve of a model's answers, for their positive class.</summary>
    public static RocCurve Of(Predictions predictions) => Of(predictions.Labels, predictions.PositiveScores, predictions.PositiveClass);

    private static bool IsOnLine(RankedCounts counts, int i)
    {
        if (i == 0 || i == counts.Thresholds.Length - 1)
        {
            return false;
        }

        static int Bend(int[] values, int i) => values[i + 1] - (2 * values[i]) + values[i - 1];
        return Bend(counts.TruePositives, i) == 0 && Bend(counts.FalsePositives, i) == 0;
    }

    private static double[] Rates(string metric, int[] counts, string missing) =>
        counts[^1] > 0
            ? Array.ConvertAll(counts, count => (double)count / counts[^1])
            : throw new UndefinedMetricException(metric, $"there is no {missing} image.");
}
