namespace CovidNotebooks.Evaluation;

/// <summary>
/// For each image the share of the other class that it stands on the right side of, ties counted half: what the variances of an AUC are
/// made from (DeLong, DeLong and
/// Clarke-Pearson 1988; Obuchowski 1997).
/// </summary>
internal sealed class Placements
{
    private Placements(double[] ofImages, bool[] isPositive)
    {
        OfImages = ofImages;
        IsPositive = isPositive;
        Positives = isPositive.Count(positive => positive);
        Auc = ofImages.Where((_, i) => isPositive[i]).Average();
    }

    /// <summary>One number an image, in the order of the images.</summary>
    public double[] OfImages { get; }

    public bool[] IsPositive { get; }

    public int Positives { get; }

    public int Negatives => OfImages.Length - Positives;

    public double Auc { get; }

    /// <exception cref="UndefinedMetricException">A class has fewer than two images.</exception>
    public static Placements Of(string statistic, IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass)
    {
        RankedCounts.Of(statistic, labels, scores, positiveClass);
        var isPositive = labels.Select(label => label == positiveClass).ToArray();
        var positives = scores.Where((_, i) => isPositive[i]).Order().ToArray();
        var negatives = scores.Where((_, i) => !isPositive[i]).Order().ToArray();
        if (positives.Length < 2 || negatives.Length < 2)
        {
            throw new UndefinedMetricException(statistic,
                $"it needs at least two images of either class; found {positives.Length} positive and {negatives.Length} negative.");
        }

        return new Placements([.. scores.Select((score, i) => isPositive[i] ? BelowOrHalf(negatives, score)
            : 1 - BelowOrHalf(positives, score))], isPositive);
    }

    /// <summary>DeLong's covariance of two AUCs of the same images; with itself the variance.</summary>
    public double CovarianceWith(Placements other) =>
        (SampleCovariance(OfClass(true), other.OfClass(true)) / Positives)
            + (SampleCovariance(OfClass(false), other.OfClass(false)) / Negatives);

    private double[] OfClass(bool positive) => [.. OfImages.Where((_, i) => IsPositive[i] == positive)];

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
