using CovidNotebooks.Data;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// The bootstrap by group: groups (patients, publications, series), not images, are drawn with replacement, because images of one group are
/// not independent. An image without a group is one of its own, so that without any groups this is the ordinary bootstrap.
/// </summary>
public static class ClusterBootstrap
{
    /// <summary>Resamples that are drawn by default.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>The percentile interval of a metric.</summary>
    /// <param name="predictions">A model's answers.</param>
    /// <param name="metric">The metric; where it is not defined it throws an <see cref="UndefinedMetricException"/>.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="resamples">At least 100.</param>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <exception cref="UndefinedMetricException">
    /// The metric is not defined on the images, or on fewer than half of the resamples.
    /// </exception>
    public static BootstrapResult Of(Predictions predictions, Func<BootstrapSample, double> metric, long seed,
        int resamples = DefaultResamples, double confidence = .95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        var all = BootstrapSample.Of(predictions);
        var estimate = metric(all);
        var values = Resamples(Groups(predictions), seed, resamples).Select(indices => ValueOrNull(metric, all.At(indices))).ToArray();
        return Summary(estimate, values, confidence);
    }

    /// <summary>The groups of the images, in order.</summary>
    internal static IReadOnlyList<string?> Groups(Predictions predictions) => [.. predictions.Items.Select(item => item.Group)];

    /// <summary>The indices of the images of each resample.</summary>
    internal static IEnumerable<int[]> Resamples(IReadOnlyList<string?> groups, long seed, int resamples)
    {
        var clusters = Clusters(groups);
        for (var resample = 0; resample < resamples; resample++)
        {
            yield return Draw(clusters, new RandomStream(seed, resample));
        }
    }

    internal static double? ValueOrNull(Func<BootstrapSample, double> metric, BootstrapSample sample)
    {
        try
        {
            return metric(sample);
        }
        catch (UndefinedMetricException)
        {
            return null;
        }
    }

    internal static BootstrapResult Summary(double estimate, IReadOnlyList<double?> values, double confidence)
    {
        var defined = values.OfType<double>().Order().ToArray();
        if (2 * defined.Length < values.Count)
        {
            throw new UndefinedMetricException("bootstrap interval",
                $"the metric has a value on {defined.Length} of {values.Count} resamples only. "
                    + "There are too few images, or too few of one class.");
        }

        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence,
                "The confidence must lie between 0 and 1, both excluded; .95 is usual.");
        }

        var mean = defined.Average();
        var variance = defined.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, defined.Length - 1);
        var interval = new Interval(Quantile(defined, (1 - confidence) / 2), Quantile(defined, (1 + confidence) / 2));
        return new BootstrapResult(estimate, interval, Math.Sqrt(variance), defined.Length, values.Count - defined.Length);
    }

    private static int[][] Clusters(IReadOnlyList<string?> groups)
    {
        var named = groups.Select((group, i) => (group, i)).Where(item => item.group is not null)
            .GroupBy(item => item.group, StringComparer.Ordinal).Select(cluster => cluster.Select(item => item.i).ToArray());
        var alone = groups.Select((group, i) => (group, i)).Where(item => item.group is null).Select(item => (int[])[item.i]);
        int[][] clusters = [.. named, .. alone];
        return clusters.Length > 0 ? clusters : throw new UndefinedMetricException("bootstrap interval",
            "there are 0 images, it needs at least 1.");
    }

    private static int[] Draw(int[][] clusters, RandomStream random)
    {
        var indices = new List<int>();
        for (var i = 0; i < clusters.Length; i++)
        {
            indices.AddRange(clusters[random.NextInt(clusters.Length)]);
        }

        return [.. indices];
    }

    /// <summary>Linear interpolation between order statistics, NumPy's default.</summary>
    private static double Quantile(double[] sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
