namespace CovidNotebooks.Evaluation;

/// <summary>
/// The metrics of a report, each with the interval that fits the images: made here for tables and charts alike, so that one number has one
/// interval.
/// </summary>
internal static class MetricEstimator
{
    /// <summary>All metrics of a problem with so many classes, in the order of a report.</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static IReadOnlyList<MetricEstimate> All(Predictions predictions, EvaluationOptions options) =>
        Estimates(predictions, options, Metric.For(predictions));

    /// <summary>
    /// One metric alone, exactly as <see cref="All"/> has it; with three classes or more also one of two, for the positive class against
    /// the rest.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static MetricEstimate One(Predictions predictions, string name, EvaluationOptions options)
    {
        var metrics = Metric.For(predictions);
        var metric = metrics.FirstOrDefault(own => string.Equals(own.Name, name, StringComparison.Ordinal)) ?? Metric.Find(name);
        return Estimates(predictions, options, [metric ?? throw Metric.Unknown(name, metrics)])[0];
    }

    private static MetricEstimate[] Estimates(Predictions predictions, EvaluationOptions options, IReadOnlyList<Metric> metrics)
    {
        options.Validate();
        if (predictions.Count == 0)
        {
            throw new UndefinedMetricException("evaluation", "there are 0 images, it needs at least 1.");
        }

        var all = BootstrapSample.Of(predictions);
        var grouping = Grouping.Of(predictions);
        return [.. metrics.Select(metric => Estimate(metric, predictions, all, grouping, options))];
    }

    private static MetricEstimate Estimate(Metric metric, Predictions predictions, BootstrapSample all, Grouping grouping,
        EvaluationOptions options)
    {
        var share = metric.Share?.Invoke(BinaryMetrics.Of(predictions.Confusion, metric.ClassAsked ?? predictions.PositiveClass));
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
            return share is { } proportion ? OfShare(metric, proportion, predictions, grouping, options.Confidence)
                : metric.Interval == IntervalMethod.None ? new MetricEstimate(metric, value, null, count,
                metric.Beside?.Invoke(all, options.Seed) ?? "no interval")
                { Groups = grouping.Count }
                : OfAll(metric, value, all, grouping, options.Confidence);
        }
        catch (UndefinedMetricException undefined)
        {
            return new MetricEstimate(metric, value, null, count, "no interval: " + undefined.Missing) { Groups = grouping.Count };
        }
    }

    private static MetricEstimate OfShare(Metric metric, Proportion share, Predictions predictions, Grouping grouping, double confidence)
    {
        var items = predictions.Items;
        var of = metric.ClassAsked ?? predictions.PositiveClass;
        int[] asked = [.. Enumerable.Range(0, items.Count).Where(i => metric.IsAsked(items[i], of))];
        var groups = grouping.Where(i => metric.IsAsked(items[i], of));

        var (interval, method) = GroupedShare.Interval(groups, i => metric.IsHit(items[asked[i]], of), confidence);
        return new MetricEstimate(metric, share.Value, interval, share.Count, method) { Groups = groups.Count };
    }

    private static MetricEstimate OfAll(Metric metric, double value, BootstrapSample all, Grouping grouping, double confidence)
    {
        var groups = all.ClassNames.Select((_, label) => grouping.Where(i => all.Labels[i] == label).Count).Where(own => own > 0)
            .DefaultIfEmpty(0).Min();
        if (metric.Interval == IntervalMethod.RocArea && !grouping.HasSeveral && metric.ClassAsked is null)
        {
            var delong = DeLong.Of(all.Labels, all.PositiveScores, all.PositiveClass);
            return delong.Variance > 0
                ? new MetricEstimate(metric, value, delong.Interval(confidence), all.Labels.Length, "DeLong") { Groups = groups }
                : new MetricEstimate(metric, value, null, all.Labels.Length,
                "no interval: the variance is 0, as with fully separated classes or with scores that are all equal")
                { Groups = groups };
        }

        var interval = GroupJackknife.Of(metric, all, grouping, value).Interval(metric.Scale, confidence);
        var method = grouping.HasSeveral ? "jackknife by group" : "jackknife";
        return new MetricEstimate(metric, value, interval, all.Labels.Length, interval is null
            ? "no interval: without any one group the value stays the same" : method)
        { Groups = groups };
    }
}
