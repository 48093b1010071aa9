using CovidNotebooks.Data;

namespace CovidNotebooks.Evaluation;

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="Low">Lower edge, excluded (but 0 belongs to the first bin).</param>
/// <param name="High">Upper edge, included.</param>
/// <param name="Count">Images whose score falls into it.</param>
/// <param name="MeanScore">Their mean score; null in an empty bin.</param>
/// <param name="Fraction">The share of them that are hits; null in an empty bin.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double? MeanScore, double? Fraction);

/// <summary>How far scores are probabilities: in each bin of scores, the mean score beside what really happened.</summary>
public sealed class CalibrationCurve
{
    private CalibrationCurve(IReadOnlyList<CalibrationBin> bins) => Bins = bins;

    /// <summary>Bins of equal width over [0, 1].</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>Expected calibration error: |mean score - fraction of hits|, weighted by the number of images in the bin.</summary>
    public double ExpectedCalibrationError
    {
        get
        {
            double total = Bins.Sum(bin => bin.Count);
            return Bins.Where(bin => bin.Count > 0).Sum(bin => bin.Count / total * Math.Abs(bin.MeanScore!.Value - bin.Fraction!.Value));
        }
    }

    /// <summary>
    /// The squared calibration error without the part that chance alone puts into it (Kumar, Liang and Ma, NeurIPS 2019): in each bin the
    /// squared gap less the variance
    /// of the share of hits. Its expectation is 0 for scores that are right in every bin, so that it may lie a little below 0. A bin of one
    /// image has no variance: it adds
    /// nothing.
    /// </summary>
    public double DebiasedSquaredError
    {
        get
        {
            double total = Bins.Sum(bin => bin.Count);
            return Bins.Where(bin => bin.Count > 1).Sum(bin =>
            {
                double gap = bin.MeanScore!.Value - bin.Fraction!.Value, share = bin.Fraction.Value;
                return bin.Count / total * ((gap * gap) - (share * (1 - share) / (bin.Count - 1)));
            });
        }
    }

    /// <summary>
    /// The expected calibration error that these scores would show on average if they were right: labels are drawn from the scores.
    /// </summary>
    /// <param name="probabilities">Of the positive class, in [0, 1].</param>
    /// <param name="seed">The same seed gives the same number.</param>
    /// <param name="draws">At least 1; 500 by default.</param>
    /// <param name="bins">10 by default.</param>
    /// <exception cref="UndefinedMetricException">There are no images, or the scores are no probabilities.</exception>
    public static double ErrorIfCalibrated(IReadOnlyList<double> probabilities, long seed, int draws = 500, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double sum = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var random = new RandomStream(seed, draw);
            var labels = new int[probabilities.Count];
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = random.NextDouble() < probabilities[i] ? 1 : 0;
            }

            sum += OfPositiveClass(labels, probabilities, 1, bins).ExpectedCalibrationError;
        }

        return sum / draws;
    }

    /// <summary>The score is the positive class' probability, a hit is an image of that class.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="probabilities">Of the positive class, in the same order, in [0, 1].</param>
    /// <param name="positiveClass">1 by default.</param>
    /// <param name="bins">10 by default.</param>
    /// <exception cref="UndefinedMetricException">There are no images, or the scores are no probabilities.</exception>
    public static CalibrationCurve OfPositiveClass(IReadOnlyList<int> labels, IReadOnlyList<double> probabilities, int positiveClass = 1,
        int bins = 10) =>
        From(probabilities, labels.Select(label => label == positiveClass).ToArray(), bins);

    /// <summary>The score is the highest class' probability (the confidence), a hit is a right prediction.</summary>
    /// <param name="confidences">In [0, 1].</param>
    /// <param name="right">Whether the prediction was right, in the same order.</param>
    /// <param name="bins">10 by default.</param>
    /// <exception cref="UndefinedMetricException">There are no images, or the scores are no probabilities.</exception>
    public static CalibrationCurve OfTopLabel(IReadOnlyList<double> confidences, IReadOnlyList<bool> right, int bins = 10) =>
        From(confidences, right, bins);

    /// <summary>The confidence form for a model's answers.</summary>
    public static CalibrationCurve OfTopLabel(Predictions predictions, int bins = 10) =>
        From(predictions.Items.Select(item => item.Scores.Max()).ToArray(),
            predictions.Items.Select(item => item.HighestScoredLabel == item.Label).ToArray(), bins);

    private static CalibrationCurve From(IReadOnlyList<double> scores, IReadOnlyList<bool> hits, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ProbabilityMetrics.Check("calibration", hits, scores);
        var counts = new int[bins];
        var sums = new double[bins];
        var hitCounts = new int[bins];
        for (var i = 0; i < scores.Count; i++)
        {
            var bin = BinOf(scores[i], bins);
            counts[bin]++;
            sums[bin] += scores[i];
            hitCounts[bin] += hits[i] ? 1 : 0;
        }

        return new CalibrationCurve([.. Enumerable.Range(0, bins).Select(bin => new CalibrationBin(
            (double)bin / bins,
            (double)(bin + 1) / bins,
            counts[bin],
            counts[bin] == 0 ? null : sums[bin] / counts[bin],
            counts[bin] == 0 ? null : (double)hitCounts[bin] / counts[bin]))]);
    }

    internal static int BinOf(double score, int bins)
    {
        var bin = Math.Clamp((int)Math.Ceiling(score * bins) - 1, 0, bins - 1);
        while (bin > 0 && score <= (double)bin / bins)
        {
            bin--;
        }

        while (bin < bins - 1 && score > (double)(bin + 1) / bins)
        {
            bin++;
        }

        return bin;
    }
}
