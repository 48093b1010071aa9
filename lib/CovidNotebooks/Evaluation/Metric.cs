namespace CovidNotebooks.Evaluation;

/// <summary>Which values of a metric are better.</summary>
public enum MetricDirection
{
    /// <summary>Larger ones, as of an accuracy.</summary>
    HigherIsBetter,

    /// <summary>Smaller ones, as of an error.</summary>
    LowerIsBetter,
}

/// <summary>Which values a metric can have; its interval never leaves them.</summary>
public enum MetricScale
{
    /// <summary>From 0 to 1.</summary>
    Share,

    /// <summary>From -1 to 1, 0 is chance.</summary>
    Correlation,

    /// <summary>From 0 on, without an upper end.</summary>
    Loss,
}

/// <summary>How the interval of a metric is made.</summary>
public enum IntervalMethod
{
    /// <summary>
    /// A share of images: Wilson's where every image stands alone, else Student's t on the logit with the variance of the jackknife by
    /// group.
    /// </summary>
    Proportion,

    /// <summary>An area under a ROC curve: DeLong's where every image stands alone, else as <see cref="Jackknife"/>.</summary>
    RocArea,

    /// <summary>
    /// Any other smooth function of the images: Student's t on a scale without ends, with the variance of the jackknife that leaves out one
    /// group (or one image that stands
    /// alone) at a time.
    /// </summary>
    Jackknife,

    /// <summary>
    /// None: the estimate is biased, and an interval around it would be so too. What an unbiased reader needs stands beside it.
    /// </summary>
    None,
}

/// <summary>
/// A metric: its name, what it is called and computed from, which way is better, how its interval is made, and the computation itself.
/// Everything that the kit
/// knows of a metric stands in its record; <see cref="All"/> lists them.
/// </summary>
public sealed record Metric
{
    internal Metric()
    {
    }

    /// <summary>Its name in reports, in code and in run records, one of <see cref="MetricNames"/>: <c>npv</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What a reader calls it: <c>negative predictive value</c>.</summary>
    public required string Words { get; init; }

    /// <summary>The words where a column is narrow: <c>AUC</c>; by default <see cref="Words"/>.</summary>
    public string ShortWords { get => field ?? Words; init; }

    /// <summary>How it is computed, in symbols: <c>TN / (TN + FN)</c>.</summary>
    public required string Formula { get; init; }

    /// <summary>Which values are better.</summary>
    public MetricDirection Direction { get; init; } = MetricDirection.HigherIsBetter;

    /// <summary>Which values it can have.</summary>
    public MetricScale Scale { get; init; } = MetricScale.Share;

    /// <summary>How its interval is made.</summary>
    public IntervalMethod Interval { get; init; } = IntervalMethod.Jackknife;

    /// <summary>Whether it belongs to the few that stand in a headline.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>The metrics of a report of two classes, in its order.</summary>
    public static IReadOnlyList<Metric> All => MetricTable.All;

    /// <summary>The one class that it is about, of three or more; null where it is about the positive class or about all.</summary>
    public int? ClassAsked { get; internal init; }

    internal Func<string, string> Explained { get; init; } = _ => string.Empty;

    /// <summary>The counts behind a share; null for a metric that is none.</summary>
    internal Func<BinaryMetrics, Proportion>? Share { get; init; }

    /// <summary>Whether an image is one of those that a share is of, by the class that counts as positive.</summary>
    internal Func<Prediction, int, bool> IsAsked { get; init; } = (_, _) => true;

    /// <summary>Whether an image that is asked counts for the share.</summary>
    internal Func<Prediction, int, bool> IsHit { get; init; } = (item, positive) =>
        (item.Label == positive) == (item.PredictedLabel == positive);

    /// <summary>The computation from the confusion matrix and the positive class; null where scores are needed.</summary>
    internal Func<ConfusionMatrix, int, double>? OfCounts { get; init; }

    /// <summary>The number of one image whose mean the metric is; null for a metric that is none.</summary>
    internal Func<BootstrapSample, int, double>? OfImage { get; init; }

    /// <summary>What stands in place of an interval, from the images and a seed.</summary>
    internal Func<BootstrapSample, long, string>? Beside { get; init; }

    /// <summary>The computation from the images; by default that of <see cref="OfCounts"/> or the mean of <see cref="OfImage"/>.</summary>
    internal Func<BootstrapSample, double> Compute
    {
        get => field ?? (sample => OfCounts is { } counts ? counts(sample.Confusion, ClassAsked ?? sample.PositiveClass)
            : MeanOf(sample, OfImage!));
        init;
    }

    /// <summary>The metric of that name.</summary>
    /// <param name="name">One of <see cref="MetricNames"/>.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message names those that there are.</exception>
    public static Metric Named(string name) =>
        Find(name) ?? throw Unknown(name, All);

    /// <summary>The metric of that name, or null.</summary>
    public static Metric? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return MetricTable.ByName.GetValueOrDefault(name);
    }

    /// <summary>
    /// The words of a metric; any other name, such as one that a run stored beside its metrics, with spaces in place of underlines.
    /// </summary>
    public static string WordsOf(string name) => Find(name)?.Words ?? name.Replace('_', ' ');

    /// <summary>Its value.</summary>
    /// <param name="predictions">A model's answers.</param>
    /// <exception cref="UndefinedMetricException">
    /// It has none for these images, for example an area under the ROC curve of one class.
    /// </exception>
    public double Of(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return Compute(BootstrapSample.Of(predictions));
    }

    /// <summary>What it is, in the few words that a reader needs who meets it for the first time.</summary>
    /// <param name="positiveClass">The name of the class that sensitivity and ROC are about.</param>
    public string Explanation(string positiveClass) => Explained(positiveClass);

    /// <summary>
    /// The metrics that are defined for the classes of a model's answers: <see cref="All"/> for two; for more, those over all classes and
    /// one against the rest.
    /// </summary>
    public static IReadOnlyList<Metric> For(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return predictions.ClassNames.Count == 2 ? All : MulticlassMetrics.Of(predictions.ClassNames);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static KeyNotFoundException Unknown(string name, IEnumerable<Metric> known) =>
        new($"There is no metric '{name}'. There are: {string.Join(", ", known.Select(metric => metric.Name))}.");

    private static double MeanOf(BootstrapSample sample, Func<BootstrapSample, int, double> image)
    {
        var values = new double[sample.Labels.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = image(sample, i);
        }

        return values.Length > 0 ? PairwiseSum.Of(values) / values.Length
            : throw new UndefinedMetricException("mean", "there are 0 images, it needs at least 1.");
    }
}
