namespace CovidNotebooks.Evaluation;

/// <summary>The metrics of a report, each with the interval that fits the images: made here for tables and charts alike, so that one number has one interval.</summary>
internal static class MetricEstimator
{
    /// <summary>All metrics, in the order of a report.</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static IReadOnlyList<MetricEstimate> All(Predictions predictions, EvaluationOptions options) => Estimates(predictions, options, Metric.All);

    /// <summary>One metric alone, exactly as <see cref="All"/> has it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static MetricEstimate One(Predictions predictions, string name, EvaluationOptions options) => Estimates(predictions, options, [Metric.Named(name)])[0];

    private static MetricEstimate[] Estimates(Predictions predictions, EvaluationOptions options, IReadOnlyList<Metric> metrics)
    {
        options.Validate();
        if (predictions.Count == 0)
        {
            throw new UndefinedMetricException("evaluation", "there are 0 images, it needs at least 1.");
        }

        var groups = ClusterBootstrap.Groups(predictions);
        var named = groups.OfType<string>().ToArray();
        var clustered = named.Distinct(StringComparer.Ordinal).Count() < named.Length;
        var all = BootstrapSample.Of(predictions);
        var resampled = metrics.Select(metric => !clustered && metric.Interval != IntervalMethod.Resampling ? null : new double?[options.Resamples]).ToArray();
        if (resampled.Any(values => values is not null))
        {
            Resample(all, groups, options, metrics, resampled);
        }

        var method = clustered ? "bootstrap by group" : "bootstrap";
        return [.. metrics.Select((metric, i) => Estimate(metric, predictions, all, resampled[i], method, options.Confidence))];
    }

    private static void Resample(BootstrapSample all, IReadOnlyList<string?> groups, EvaluationOptions options, IReadOnlyList<Metric> metrics, double?[]?[] resampled)
    {
        var row = 0;
        foreach (var indices in ClusterBootstrap.Resamples(groups, options.Seed, options.Resamples))
        {
            var sample = all.At(indices);
            for (var i = 0; i < metrics.Count; i++)
            {
                if (resampled[i] is { } values)
                {
                    values[row] = ClusterBootstrap.ValueOrNull(metrics[i].Compute, sample);
                }
            }

            row++;
        }
    }

    private static MetricEstimate Estimate(Metric metric, Predictions predictions, BootstrapSample all, double?[]? resampled, string method, double confidence)
    {
        var share = metric.Share?.Invoke(BinaryMetrics.Of(predictions));
        var count = share?.Count ?? predictions.Count;
        double value;
        try
        {
            value = metric.Compute(all);
        }
        catch (UndefinedMetricException undefined)
        {
            return new MetricEstimate(metric, null, null, count, "not defined: " + undefined.Missing);
        }

        try
        {
            var (interval, remark) = resampled is null ? OwnInterval(share, predictions, confidence)
                : share is { } proportion && (proportion.Successes == 0 || proportion.Successes == proportion.Count) ? AllAlike(metric, proportion, predictions, confidence)
                : Resampled(value, resampled, method, confidence);
            return new MetricEstimate(metric, value, interval, count, remark);
        }
        catch (UndefinedMetricException undefined)
        {
            return new MetricEstimate(metric, value, null, count, "no interval: " + undefined.Missing);
        }
    }

    private static (Interval? Interval, string Remark) OwnInterval(Proportion? share, Predictions predictions, double confidence)
    {
        if (share is { } proportion)
        {
            return (proportion.WilsonInterval(confidence), "Wilson");
        }

        var result = DeLong.Of(predictions);
        return result.Variance > 0 ? (result.Interval(confidence), "DeLong") : (null, "no interval: the variance is 0, as with fully separated classes or with scores that are all equal");
    }

    /// <summary>
    /// A share of 0 or 1 is the same in every resample, which says nothing about how certain it is. Images of one group say the same thing more than once, so
    /// what counts are the groups: as many as there are, all right or all wrong.
    /// </summary>
    private static (Interval? Interval, string Remark) AllAlike(Metric metric, Proportion share, Predictions predictions, double confidence)
    {
        var asked = predictions.Items.Where(item => metric.IsAsked(item, predictions.PositiveClass)).ToArray();
        var groups = asked.Select(item => item.Group).OfType<string>().Distinct(StringComparer.Ordinal).Count() + asked.Count(item => item.Group is null);
        return (Wilson.Interval(share.Successes == 0 ? 0 : groups, groups, confidence), "Wilson on groups: all alike");
    }

    private static (Interval? Interval, string Remark) Resampled(double value, double?[] resampled, string method, double confidence)
    {
        var result = ClusterBootstrap.Summary(value, resampled, confidence);
        var negligible = 1e-12 * Math.Max(1, Math.Abs(value));
        return result.Interval.Width > negligible ? (result.Interval, method)
            : (null, result.StandardError <= negligible ? "no interval: every resample gives the same value" : "no interval: nearly every resample gives the same value");
    }
}
