using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Every metric of a model's answers with its interval. Where patients have several images, all intervals come from the bootstrap by patient;
/// otherwise shares have Wilson's interval, the AUC has DeLong's, the rest the ordinary bootstrap.
/// </summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class EvaluationReport : IDisplayed
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

    private EvaluationReport(Predictions predictions, IReadOnlyList<MetricEstimate> estimates, double confidence)
    {
        Predictions = predictions;
        Estimates = estimates;
        Confidence = confidence;
    }

    /// <summary>What was evaluated.</summary>
    public Predictions Predictions { get; }

    /// <summary>The metrics, in a fixed order.</summary>
    public IReadOnlyList<MetricEstimate> Estimates { get; }

    /// <summary>Confidence of every interval.</summary>
    public double Confidence { get; }

    /// <summary>One metric.</summary>
    /// <param name="name">One of <see cref="MetricNames"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    public MetricEstimate this[string name] =>
        Estimates.FirstOrDefault(estimate => string.Equals(estimate.Name, name, StringComparison.Ordinal))
        ?? throw new KeyNotFoundException($"There is no metric '{name}'. There are: {string.Join(", ", Estimates.Select(estimate => estimate.Name))}.");

    /// <summary>Evaluates a model's answers.</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static EvaluationReport Of(Predictions predictions, EvaluationOptions? options = null)
    {
        options ??= new EvaluationOptions();
        options.Validate();
        if (predictions.Count == 0)
        {
            throw new UndefinedMetricException("evaluation", "there are 0 images, it needs at least 1.");
        }

        var groups = ClusterBootstrap.Groups(predictions);
        var named = groups.OfType<string>().ToArray();
        var clustered = named.Distinct(StringComparer.Ordinal).Count() < named.Length;
        var all = BootstrapSample.Of(predictions);
        var resampled = Metrics.Select(metric => !clustered && HasOwnInterval(metric.Name) ? null : new double?[options.Resamples]).ToArray();
        var row = 0;
        foreach (var indices in ClusterBootstrap.Resamples(groups, options.Seed, options.Resamples))
        {
            var sample = all.At(indices);
            for (var i = 0; i < Metrics.Length; i++)
            {
                if (resampled[i] is { } values)
                {
                    values[row] = ClusterBootstrap.ValueOrNull(Metrics[i].Of, sample);
                }
            }

            row++;
        }

        var method = clustered ? "bootstrap by patient" : "bootstrap";
        return new EvaluationReport(predictions, [.. Metrics.Select((metric, i) => Estimate(metric.Name, metric.Of, predictions, all, resampled[i], method, options.Confidence))], options.Confidence);
    }

    /// <summary>Names and values of the metrics that are defined: the results of a run.</summary>
    public IReadOnlyDictionary<string, double> ToResults() =>
        Estimates.Where(estimate => estimate.Value is not null).ToDictionary(estimate => estimate.Name, estimate => estimate.Value!.Value, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string ToHtml() => AsTable().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => AsTable().ToPlainText();

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

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

    private static MetricEstimate Estimate(string name, Func<BootstrapSample, double> metric, Predictions predictions, BootstrapSample all, double?[]? resampled, string method, double confidence)
    {
        var count = ShareOf(name)?.Invoke(BinaryMetrics.From(predictions)).Count ?? predictions.Count;
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
            var (interval, remark) = resampled is not null
                ? (ClusterBootstrap.Summary(value, resampled, confidence).Interval, method)
                : OwnInterval(name, predictions, confidence);
            return new MetricEstimate(name, value, interval, count, remark);
        }
        catch (UndefinedMetricException undefined)
        {
            return new MetricEstimate(name, value, null, count, "no interval: " + undefined.Missing);
        }
    }

    private static (Interval? Interval, string Remark) OwnInterval(string name, Predictions predictions, double confidence)
    {
        if (ShareOf(name) is { } share)
        {
            return (share(BinaryMetrics.From(predictions)).WilsonInterval(confidence), "Wilson");
        }

        var result = DeLong.Of(predictions);
        return result.Variance > 0 ? (result.Interval(confidence), "DeLong") : (null, "no interval: the variance is 0, as with fully separated classes");
    }

    private HtmlTable AsTable()
    {
        var table = new HtmlTable(
            $"Evaluation on {Predictions.Count} images, positive class {Predictions.ClassNames[Predictions.PositiveClass]}",
            TableColumn.Text("metric"),
            TableColumn.Number("value"),
            TableColumn.Number($"{DisplayedNumber.Fixed(Confidence * 100, 0)} % interval"),
            TableColumn.Number("n"),
            TableColumn.Text("interval by"));
        foreach (var estimate in Estimates)
        {
            table.Add(
                estimate.Name,
                estimate.Value is { } value ? DisplayedNumber.Fixed(value) : DisplayedNumber.None,
                estimate.Interval?.ToText() ?? DisplayedNumber.None,
                DisplayedNumber.ValueText(estimate.Count),
                estimate.Remark);
        }

        return table;
    }
}
