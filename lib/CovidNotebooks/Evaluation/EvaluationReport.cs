using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Every metric of a model's answers with its interval. Where groups have several images, all intervals come from the bootstrap by group;
/// otherwise shares have Wilson's interval, the AUC has DeLong's, the rest the ordinary bootstrap. A bootstrap in which every resample gives the same value
/// is no interval: a share of 0 or 1 then has Wilson's on the number of groups, any other metric none.
/// </summary>
public sealed class EvaluationReport : Displayed
{
    private static readonly string[] Main = [MetricNames.Accuracy, MetricNames.Sensitivity, MetricNames.Specificity, MetricNames.Precision, MetricNames.RocAuc];

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
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= new EvaluationOptions();
        return new EvaluationReport(predictions, MetricEstimator.All(predictions, options), options.Confidence);
    }

    /// <summary>One metric alone, with the value and the interval that the whole report gives it: for a chart that shows no other.</summary>
    /// <param name="predictions">A model's answers.</param>
    /// <param name="metric">One of <see cref="MetricNames"/>.</param>
    /// <param name="options">How the interval is made.</param>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static MetricEstimate Estimate(Predictions predictions, string metric, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return MetricEstimator.One(predictions, metric, options ?? new EvaluationOptions());
    }

    /// <summary>Names and values of the metrics that are defined: the results of a run.</summary>
    public IReadOnlyDictionary<string, double> ToResults() =>
        Estimates.Where(estimate => estimate.Value is not null).ToDictionary(estimate => estimate.Name, estimate => estimate.Value!.Value, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var main = Estimates.Where(estimate => Main.Contains(estimate.Name, StringComparer.Ordinal)).ToList();
        return new DisplayDocument()
            .Say($"On {DisplayedNumber.ValueText(Predictions.Count)} images, positive class {PositiveClass}: {string.Join("; ", main.Select(Sentence))}.", ParagraphKind.Finding)
            .Fold(
                "All metrics, how their intervals were made, and what they are",
                new DisplayDocument(AsTable(), new BulletList(Estimates.Select(estimate => $"{estimate.Name}: {Explanation(estimate)}"))));
    }

    private string PositiveClass => Predictions.ClassNames[Predictions.PositiveClass];

    private string Explanation(MetricEstimate estimate) => MetricNames.Explanation(estimate.Name, PositiveClass) ?? "";

    private static string Sentence(MetricEstimate estimate) =>
        $"{estimate.Name} {(estimate.Value is { } value ? DisplayedNumber.Fixed(value) : estimate.Remark)}{(estimate.Interval is { } interval ? " " + interval.ToText() : "")}";

    private Table AsTable() => Table.Of(
        $"{DisplayedNumber.Fixed(Confidence * 100, 0)} % intervals",
        Estimates,
        ("metric", estimate => estimate.Name),
        ("value", estimate => estimate.Value),
        ("interval", estimate => estimate.Interval),
        ("n", estimate => estimate.Count),
        ("interval by", estimate => estimate.Remark));
}
