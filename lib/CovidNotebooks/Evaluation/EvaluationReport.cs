using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Every metric of a model's answers with its interval. Where every image stands alone, shares have Wilson's interval and the AUC DeLong's.
/// Where groups (patients,
/// publications) have several images, and for every other metric, it is Student's t on a scale without ends (the logit of a share) with the
/// variance of the jackknife that
/// leaves out one group at a time: the method that held the truth most often of those that were simulated for few groups. A share of 0 or 1
/// has Wilson's on the number of
/// groups. Every interval says how many groups it stands on.
/// </summary>
public sealed class EvaluationReport : Displayed
{
    private readonly EvaluationOptions options;

    private EvaluationReport(Predictions predictions, IReadOnlyList<MetricEstimate> estimates, EvaluationOptions options)
    {
        Predictions = predictions;
        Estimates = estimates;
        this.options = options;
    }

    /// <summary>What was evaluated.</summary>
    public Predictions Predictions { get; }

    /// <summary>The metrics, in a fixed order.</summary>
    public IReadOnlyList<MetricEstimate> Estimates { get; }

    /// <summary>Confidence of every interval.</summary>
    public double Confidence => options.Confidence;

    /// <summary>
    /// One metric: a row of the report, or, with three classes or more, a metric of two classes for the positive class against the rest.
    /// </summary>
    /// <param name="name">One of <see cref="MetricNames"/>, or the name of a row.</param>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    public MetricEstimate this[string name] =>
        Estimates.FirstOrDefault(estimate => string.Equals(estimate.Name, name, StringComparison.Ordinal))
        ?? (Metric.Find(name) is not null
            ? MetricEstimator.One(Predictions, name, options)
            : throw Metric.Unknown(name, Estimates.Select(estimate => estimate.Metric)));

    /// <summary>
    /// What a reader must know where an interval stands on few groups; null where none does. The figures are those of FewGroupsCoverage.md
    /// beside the tests.
    /// </summary>
    public string? FewGroupsNote => Estimates.Any(estimate => estimate is { Interval: not null, IsOfFewGroups: true })
        ? $"Intervals rest on fewer than {MetricEstimate.FewGroups} groups: with 5 to 23, 91 to 100 % held the truth in simulations."
        : null;

    /// <summary>Evaluates a model's answers.</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static EvaluationReport Of(Predictions predictions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= new EvaluationOptions();
        return new EvaluationReport(predictions, MetricEstimator.All(predictions, options), options);
    }

    /// <summary>
    /// One metric alone, with the value and the interval that the whole report gives it: for a chart that shows no other.
    /// </summary>
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
        Estimates.Where(estimate => estimate.Value is not null)
            .ToDictionary(estimate => estimate.Name, estimate => estimate.Value!.Value, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var main = Estimates.Where(estimate => estimate.Metric.IsHeadline || estimate.Name == MetricNames.Precision).ToList();
        return new DisplayDocument()
            .Say($"On {DisplayedNumber.ValueText(Predictions.Count)} images, positive class {PositiveClass}: "
                + $"{string.Join("; ", main.Select(Sentence))}.", ParagraphKind.Finding)
            .Say(FewGroupsNote, ParagraphKind.Note)
            .Fold(
                "All metrics, how their intervals were made, and what they are",
                new DisplayDocument(AsTable(), new BulletList(Estimates.Select(estimate => $"{estimate.Name}: {Explanation(estimate)}"))));
    }

    private string PositiveClass => Predictions.ClassNames[Predictions.PositiveClass];

    private string Explanation(MetricEstimate estimate) => estimate.Metric.Explanation(PositiveClass);

    private static string Sentence(MetricEstimate estimate) =>
        $"{estimate.Name} {(estimate.Value is { } value ? DisplayedNumber.Fixed(value) : estimate.Remark)}"
            + (estimate.Interval is { } interval ? " " + interval.ToText() : "");

    private Table AsTable() => Table.Of(
        $"{DisplayedNumber.Fixed(Confidence * 100, 0)} % intervals",
        Estimates,
        ("metric", estimate => estimate.Name),
        ("value", estimate => estimate.Value),
        ("interval", estimate => estimate.Interval),
        ("n", estimate => estimate.Count),
        ("groups", estimate => estimate.GroupsText),
        ("interval by", estimate => estimate.Remark));
}
