namespace CovidNotebooks.Evaluation;

/// <summary>The metrics of a report, each with the interval that fits the images: made here for tables and charts alike, so that one number has one interval.</summary>
internal static class MetricEstimator
{
    private static readonly (string Name, Func<BootstrapSample, double> Of)[] Metrics =
    [
        (MetricNames.Accuracy, sample => Defined(sample, metrics => metrics.Accuracy, "image")),
        (MetricNames.Sensitivity, sample => Defined(sample, metrics => metrics.Sensitivity, "positive image")),
        (MetricNames.Specificity, sample => Defined(sample, metrics => metrics.Specificity, "negative image")),
        (MetricNames.Precision, sample => Defined(sample, metrics => metrics.Precision, "image called positive")),
        (MetricNames.NegativePredictiveValue, sample => Defined(sample, metrics => metrics.NegativePredictiveValue, "image called negative")),
        (MetricNames.F1, sample => Binary(sample).F1),
        (MetricNames.BalancedAccuracy, sample => Agreement.BalancedAccuracy(sample.Confusion)),
        (MetricNames.Matthews, sample => Agreement.Matthews(sample.Confusion)),
        (MetricNames.CohenKappa, sample => Agreement.CohenKappa(sample.Confusion)),
        (MetricNames.RocAuc, sample => Auc.Of(sample.Labels, sample.PositiveScores, sample.PositiveClass)),
        (MetricNames.AveragePrecision, AveragePrecision),
        (MetricNames.Brier, sample => ProbabilityMetrics.Brier(sample.Labels, sample.PositiveScores, sample.PositiveClass)),
        (MetricNames.LogLoss, sample => ProbabilityMetrics.LogLoss(sample.Labels, sample.PositiveScores, sample.PositiveClass)),
        (MetricNames.CalibrationError, sample => CalibrationCurve.OfPositiveClass(sample.Labels, sample.PositiveScores, sample.PositiveClass).ExpectedCalibrationError),
    ];

    /// <summary>All metrics, in the order of a report.</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static IReadOnlyList<MetricEstimate> All(Predictions predictions, EvaluationOptions options) => Estimates(predictions, options, Metrics);

    /// <summary>One metric alone, exactly as <see cref="All"/> has it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static MetricEstimate One(Predictions predictions, string name, EvaluationOptions options)
    {
        var metric = Metrics.Where(metric => string.Equals(metric.Name, name, StringComparison.Ordinal)).ToArray();
        return metric.Length == 1
            ? Estimates(predictions, options, metric)[0]
            : throw new KeyNotFoundException($"There is no metric '{name}'. There are: {string.Join(", ", Metrics.Select(metric => metric.Name))}.");
    }

    private static MetricEstimate[] Estimates(Predictions predictions, EvaluationOptions options, (string Name, Func<BootstrapSample, double> Of)[] metrics)
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
        var resampled = metrics.Select(metric => !clustered && HasOwnInterval(metric.Name) ? null : new double?[options.Resamples]).ToArray();
        if (resampled.Any(values => values is not null))
        {
            Resample(all, groups, options, metrics, resampled);
        }

        var method = clustered ? "bootstrap by group" : "bootstrap";
        return [.. metrics.Select((metric, i) => Estimate(metric.Name, metric.Of, predictions, all, resampled[i], method, options.Confidence))];
    }

    private static void Resample(BootstrapSample all, IReadOnlyList<string?> groups, EvaluationOptions options, (string Name, Func<BootstrapSample, double> Of)[] metrics, double?[]?[] resampled)
    {
        var row = 0;
        foreach (var indices in ClusterBootstrap.Resamples(groups, options.Seed, options.Resamples))
        {
            var sample = all.At(indices);
            for (var i = 0; i < metrics.Length; i++)
            {
                if (resampled[i] is { } values)
                {
                    values[row] = ClusterBootstrap.ValueOrNull(metrics[i].Of, sample);
                }
            }

            row++;
        }
    }

    private static MetricEstimate Estimate(string name, Func<BootstrapSample, double> metric, Predictions predictions, BootstrapSample all, double?[]? resampled, string method, double confidence)
    {
        var share = ShareOf(name)?.Invoke(BinaryMetrics.From(predictions));
        var count = share?.Count ?? predictions.Count;
        double value;
        try
        {
            value = metric(all);
        }
        catch (UndefinedMetricException undefined)
        {
            return new MetricEstimate(name, null, null, count, "not defined: " + undefined.Missing);
        }

        try
        {
            var (interval, remark) = resampled is null ? OwnInterval(share, predictions, confidence)
                : share is { } proportion && (proportion.Successes == 0 || proportion.Successes == proportion.Count) ? AllAlike(name, proportion, predictions, confidence)
                : Resampled(value, resampled, method, confidence);
            return new MetricEstimate(name, value, interval, count, remark);
        }
        catch (UndefinedMetricException undefined)
        {
            return new MetricEstimate(name, value, null, count, "no interval: " + undefined.Missing);
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
    private static (Interval? Interval, string Remark) AllAlike(string name, Proportion share, Predictions predictions, double confidence)
    {
        var asked = predictions.Items.Where(item => IsAsked(name, item, predictions.PositiveClass)).ToArray();
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

    private static BinaryMetrics Binary(BootstrapSample sample) => BinaryMetrics.From(sample.Confusion, sample.PositiveClass);

    private static double Defined(BootstrapSample sample, Func<BinaryMetrics, Proportion> share, string missing) =>
        share(Binary(sample)) is { IsDefined: true } proportion ? proportion.Value : throw new UndefinedMetricException("share", $"there is no {missing}.");

    private static double AveragePrecision(BootstrapSample sample) =>
        PrecisionRecallCurve.From(sample.Labels, sample.PositiveScores, sample.PositiveClass) is { Positives: > 0 } curve
            ? curve.AveragePrecision
            : throw new UndefinedMetricException("average precision", "there is no positive image.");

    private static bool HasOwnInterval(string name) => ShareOf(name) is not null || string.Equals(name, MetricNames.RocAuc, StringComparison.Ordinal);

    private static Func<BinaryMetrics, Proportion>? ShareOf(string name) => name switch
    {
        MetricNames.Accuracy => metrics => metrics.Accuracy,
        MetricNames.Sensitivity => metrics => metrics.Sensitivity,
        MetricNames.Specificity => metrics => metrics.Specificity,
        MetricNames.Precision => metrics => metrics.Precision,
        MetricNames.NegativePredictiveValue => metrics => metrics.NegativePredictiveValue,
        _ => null,
    };

    /// <summary>Whether an image is one of those that a share is of.</summary>
    private static bool IsAsked(string name, Prediction item, int positiveClass) => name switch
    {
        MetricNames.Sensitivity => item.Label == positiveClass,
        MetricNames.Specificity => item.Label != positiveClass,
        MetricNames.Precision => item.PredictedLabel == positiveClass,
        MetricNames.NegativePredictiveValue => item.PredictedLabel != positiveClass,
        _ => true,
    };
}
