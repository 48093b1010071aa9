namespace CovidNotebooks.Evaluation;

/// <summary>
/// The metrics of three classes or more: over all classes first, with the way of averaging in the name, then each class against the rest.
/// </summary>
internal static class MulticlassMetrics
{
    /// <summary>Scores whose sum is further than this from 1 are no probabilities of classes that exclude each other.</summary>
    private const double SumTolerance = 1e-3;

    public static IReadOnlyList<Metric> Of(IReadOnlyList<string> classNames) => [.. OverAll(), .. classNames.SelectMany(OneAgainstTheRest)];

    private static Metric[] OverAll() =>
    [
        Metric.Named(MetricNames.Accuracy) with { Formula = "right answers / n", Words = "accuracy over all classes" },
        Mean("sensitivity_macro", "sensitivity, macro", "mean of the classes' sensitivities", "mean over the classes of the share found",
            (confusion, label) => Ratio(confusion[label, label], confusion.RowTotal(label))) with { IsHeadline = true },
        Mean("precision_macro", "precision, macro", "mean of the classes' precisions",
            "mean over the classes of the share of calls that are right", (confusion, label) =>
                Ratio(confusion[label, label], confusion.ColumnTotal(label))),
        Mean("f1_macro", "F1, macro", "mean of the classes' F1", "mean over the classes of F1", (confusion, label) =>
            Ratio(2 * confusion[label, label], confusion.RowTotal(label) + confusion.ColumnTotal(label))),
        Metric.Named(MetricNames.Matthews) with { Formula = "Gorodkin's R_K over all classes" },
        Metric.Named(MetricNames.CohenKappa),
        new()
        {
            Name = "roc_auc_ovr_macro",
            Words = "area under the ROC curve, one against the rest, macro",
            ShortWords = "AUC macro",
            Formula = "mean of the classes' AUC against the rest",
            IsHeadline = true,
            Explained = _ => "mean chance that an image of a class scores above another for it",
            Compute = sample => sample.ClassNames.Select((_, label) => AreaOf(sample, label)).Average(),
        },
        new()
        {
            Name = "brier_all_classes",
            Words = "Brier score over all classes",
            Formula = "mean of the sum over the classes of (score - outcome)^2",
            Direction = MetricDirection.LowerIsBetter,
            Scale = MetricScale.Loss,
            Explained = _ => "squared error of the scores, summed over the classes, 0 is best, 2 worst",
            OfImage = (sample, i) => Probabilities(sample, i).Select((score, label) => score - (sample.Labels[i] == label ? 1 : 0))
                .Sum(error => error * error),
        },
        new()
        {
            Name = MetricNames.LogLoss,
            Words = "log loss over all classes",
            Formula = Metric.Named(MetricNames.LogLoss).Formula,
            Direction = MetricDirection.LowerIsBetter,
            Scale = MetricScale.Loss,
            Explained = Metric.Named(MetricNames.LogLoss).Explained,
            OfImage = (sample, i) => -Math.Log(Math.Clamp(Probabilities(sample, i)[sample.Labels[i]], ProbabilityMetrics.LogLossEpsilon,
                1 - ProbabilityMetrics.LogLossEpsilon)),
        },
    ];

    private static IEnumerable<Metric> OneAgainstTheRest(string name, int label)
    {
        foreach (var metric in Metric.All.Where(metric => metric is { Share: not null, Name: not MetricNames.Accuracy }))
        {
            yield return metric with
            {
                Name = $"{metric.Name}[{name}]",
                Words = $"{metric.Words}, {name} against the rest",
                IsHeadline = false,
                ClassAsked = label,
                Explained = _ => metric.Explained(name),
            };
        }

        yield return Metric.Named(MetricNames.RocAuc) with
        {
            Name = $"{MetricNames.RocAuc}[{name}]",
            Words = $"area under the ROC curve, {name} against the rest",
            IsHeadline = false,
            ClassAsked = label,
            Explained = _ => Metric.Named(MetricNames.RocAuc).Explained(name),
            Compute = sample => AreaOf(sample, label),
        };
    }

    /// <summary>A mean over the classes that occur as truth, as scikit-learn averages "macro"; 0 where a class was never called.</summary>
    private static Metric Mean(string name, string words, string formula, string explained, Func<ConfusionMatrix, int, double> ofClass) =>
        new()
        {
            Name = name,
            Words = words,
            Formula = formula,
            Explained = _ => explained,
            OfCounts = (confusion, _) => confusion.Total > 0
                ? Enumerable.Range(0, confusion.Size).Where(label => confusion.RowTotal(label) + confusion.ColumnTotal(label) > 0)
                .Average(label => ofClass(confusion, label))
                : throw new UndefinedMetricException(words, "there are 0 images, it needs at least 1."),
        };

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static double AreaOf(BootstrapSample sample, int label) =>
        Auc.Of(sample.Labels, Array.ConvertAll(sample.Scores, own => own[label]), label);

    private static IReadOnlyList<double> Probabilities(BootstrapSample sample, int i)
    {
        var own = sample.Scores[i];
        return own.All(score => score is >= 0 and <= 1) && Math.Abs(own.Sum() - 1) <= SumTolerance
            ? own
            : throw new UndefinedMetricException("score over all classes",
            $"the scores of image {i} are no probabilities that sum to 1. Apply the model's softmax first.");
    }
}
