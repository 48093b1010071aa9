using CovidNotebooks.Display;
using MathNet.Numerics;

namespace CovidNotebooks.Evaluation;

/// <summary>An AUC with its variance.</summary>
/// <param name="Auc">Between 0 and 1.</param>
/// <param name="Variance">DeLong's; 0 where the classes are fully separated, which says that the method is at its end, not that the AUC is certain.</param>
public sealed record DeLongResult(double Auc, double Variance)
{
    /// <summary>The square root of the variance.</summary>
    public double StandardError => Math.Sqrt(Variance);

    /// <summary>The normal interval, cut to [0, 1].</summary>
    public Interval Interval(double confidence = .95) => UnclippedInterval(confidence) is var wide ? new Interval(Math.Max(0, wide.Low), Math.Min(1, wide.High)) : default;

    /// <summary>The normal interval as computed; its upper end may lie above 1.</summary>
    public Interval UnclippedInterval(double confidence = .95)
    {
        var half = Wilson.Quantile(confidence) * StandardError;
        return new Interval(Auc - half, Auc + half);
    }
}

/// <summary>Two AUCs on the same images.</summary>
/// <param name="AucA">Of the first model.</param>
/// <param name="AucB">Of the second.</param>
/// <param name="VarianceA">DeLong's variance of the first.</param>
/// <param name="VarianceB">Of the second.</param>
/// <param name="Covariance">Of the two: they answered about the same images.</param>
public sealed record DeLongComparison(double AucA, double AucB, double VarianceA, double VarianceB, double Covariance)
{
    /// <summary>A variance below this share of the two variances is what rounding leaves of 0.</summary>
    private const double Rounding = 1e-14;

    /// <summary>First minus second.</summary>
    public double Difference => AucA - AucB;

    /// <summary>Never below 0.</summary>
    public double VarianceOfDifference => Math.Max(0, VarianceA + VarianceB - (2 * Covariance));

    /// <summary>
    /// False where the AUCs differ but the variance of their difference is 0, as of a model that separates the classes against one that gives every image the
    /// same score: the method is at its end, and there is no test and no interval. AUCs that do not differ at all have a test, with p = 1.
    /// </summary>
    public bool HasTest => Difference == 0 || VarianceOfDifference > Rounding * (VarianceA + VarianceB);

    /// <summary>Difference by its standard error; 0 where both are 0.</summary>
    /// <exception cref="UndefinedMetricException">There is no test: see <see cref="HasTest"/>.</exception>
    public double Z => Difference == 0 ? 0 : Difference / StandardError;

    /// <summary>Two-sided, from the normal distribution.</summary>
    /// <exception cref="UndefinedMetricException">There is no test: see <see cref="HasTest"/>.</exception>
    public double PValue => SpecialFunctions.Erfc(Math.Abs(Z) / Constants.Sqrt2);

    /// <summary>The normal interval of the difference.</summary>
    /// <exception cref="UndefinedMetricException">There is no interval: see <see cref="HasTest"/>.</exception>
    public Interval Interval(double confidence = .95)
    {
        var half = Wilson.Quantile(confidence) * StandardError;
        return new Interval(Difference - half, Difference + half);
    }

    private double StandardError => HasTest
        ? Math.Sqrt(VarianceOfDifference)
        : throw new UndefinedMetricException("DeLong's test", $"the AUCs are {DisplayedNumber.Fixed(AucA)} and {DisplayedNumber.Fixed(AucB)}, but the variance of their difference is 0, as with fully separated classes against equal scores. Compare the errors (McNemar), or take more images.");
}

/// <summary>The variance of AUCs by placement values, ties counted half (DeLong, DeLong and Clarke-Pearson 1988).</summary>
public static class DeLong
{
    /// <summary>An AUC with its variance.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">A class has fewer than two images.</exception>
    public static DeLongResult Of(IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass = 1)
    {
        var placements = Placements.From(labels, scores, positiveClass);
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
    public static DeLongComparison Compare(IReadOnlyList<int> labels, IReadOnlyList<double> scoresA, IReadOnlyList<double> scoresB, int positiveClass = 1)
    {
        var a = Placements.From(labels, scoresA, positiveClass);
        var b = Placements.From(labels, scoresB, positiveClass);
        return new DeLongComparison(a.Auc, b.Auc, a.CovarianceWith(a), b.CovarianceWith(b), a.CovarianceWith(b));
    }

    /// <summary>For each image the share of the other class that it stands on the right side of.</summary>
    private sealed record Placements(double[] OfPositives, double[] OfNegatives)
    {
        public double Auc { get; } = OfPositives.Average();

        public static Placements From(IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass)
        {
            RankedCounts.Of("DeLong's variance", labels, scores, positiveClass);
            var positives = Scores(labels, scores, label => label == positiveClass);
            var negatives = Scores(labels, scores, label => label != positiveClass);
            if (positives.Length < 2 || negatives.Length < 2)
            {
                throw new UndefinedMetricException("DeLong's variance", $"it needs at least two images of either class; found {positives.Length} positive and {negatives.Length} negative.");
            }

            var sortedPositives = positives.Order().ToArray();
            var sortedNegatives = negatives.Order().ToArray();
            return new Placements(
                Array.ConvertAll(positives, score => BelowOrHalf(sortedNegatives, score)),
                Array.ConvertAll(negatives, score => 1 - BelowOrHalf(sortedPositives, score)));
        }

        public double CovarianceWith(Placements other) =>
            (SampleCovariance(OfPositives, other.OfPositives) / OfPositives.Length) + (SampleCovariance(OfNegatives, other.OfNegatives) / OfNegatives.Length);

        private static double[] Scores(IReadOnlyList<int> labels, IReadOnlyList<double> scores, Func<int, bool> belongs) =>
            [.. scores.Where((_, i) => belongs(labels[i]))];

        private static double BelowOrHalf(double[] sorted, double score)
        {
            var below = LowerBound(sorted, score, orEqual: false);
            var belowOrEqual = LowerBound(sorted, score, orEqual: true);
            return (below + belowOrEqual) / (2.0 * sorted.Length);
        }

        private static int LowerBound(double[] sorted, double score, bool orEqual)
        {
            int low = 0, high = sorted.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sorted[middle] < score || (orEqual && sorted[middle] == score))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        private static double SampleCovariance(double[] x, double[] y)
        {
            double meanX = x.Average(), meanY = y.Average(), sum = 0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += (x[i] - meanX) * (y[i] - meanY);
            }

            return sum / (x.Length - 1);
        }
    }
}
