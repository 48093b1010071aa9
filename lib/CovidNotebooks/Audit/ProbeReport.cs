using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>What a probe that sees no anatomy reaches on the test images.</summary>
public sealed class ProbeReport : Displayed
{
    private readonly double confidence;
    private readonly int trainingCount;

    internal ProbeReport(
        string name,
        string method,
        string sees,
        Predictions predictions,
        int majorityClass,
        IReadOnlyList<ProbeWeight> weights,
        IReadOnlyList<BadImageException> badImages,
        int trainingCount,
        double confidence)
    {
        this.confidence = confidence;
        this.trainingCount = trainingCount;
        Name = name;
        Method = method;
        Sees = sees;
        Predictions = predictions;
        MajorityClass = majorityClass;
        Weights = weights;
        BadImages = badImages;
        Accuracy = new Proportion(predictions.Items.Count(item => item.IsCorrect), predictions.Count);
        var options = new EvaluationOptions { Confidence = confidence };
        var accuracy = EvaluationReport.Estimate(predictions, MetricNames.Accuracy, options);
        (AccuracyInterval, AccuracyRemark) = (accuracy.Interval ?? new Interval(0, 1), Remark(accuracy));
        MajorityAccuracy = new Proportion(predictions.Labels.Count(label => label == majorityClass), predictions.Count);
        var auc = EvaluationReport.Estimate(predictions, MetricNames.RocAuc, options);
        (Auc, AucInterval, AucRemark) = (auc.Value, auc.Interval, Remark(auc));
    }

    /// <summary>What the probe is called, for example "file header".</summary>
    public string Name { get; }

    /// <summary>What learnt: logistic regression or random forest.</summary>
    public string Method { get; }

    /// <summary>What it was shown, in words.</summary>
    public string Sees { get; }

    /// <summary>Its answers on the test images, in their order: every metric and chart takes them.</summary>
    public Predictions Predictions { get; }

    /// <summary>The share of the test images that it classifies rightly.</summary>
    public Proportion Accuracy { get; }

    /// <summary>
    /// The interval of the accuracy, by group where several images are of one: that of an <see cref="EvaluationReport"/>. From 0 to 1 where
    /// the groups cannot tell, as with a single one.
    /// </summary>
    public Interval AccuracyInterval { get; }

    /// <summary>How that was made and from how many groups, or why there is none.</summary>
    public string AccuracyRemark { get; }

    /// <summary>Area under the ROC curve of the positive class; null where the test images are of one class.</summary>
    public double? Auc { get; }

    /// <summary>The interval of the AUC, made alike; null where there is none, see <see cref="AucRemark"/>.</summary>
    public Interval? AucInterval { get; }

    /// <summary>How the AUC's interval was made, or why there is none.</summary>
    public string AucRemark { get; }

    /// <summary>The most frequent class among the training images; the first where both are equal.</summary>
    public int MajorityClass { get; }

    /// <summary>The share of the test images that always answering <see cref="MajorityClass"/> gets right.</summary>
    public Proportion MajorityAccuracy { get; }

    /// <summary>The weights of the standardised features: positive ones speak for class 1. Empty for a random forest.</summary>
    public IReadOnlyList<ProbeWeight> Weights { get; }

    /// <summary>Files that could not be read and were left out.</summary>
    public IReadOnlyList<BadImageException> BadImages { get; }

    /// <summary>Whether the whole interval of the accuracy lies above the most frequent class' share: the shortcut is open.</summary>
    public bool FindsShortcut => AccuracyInterval.Low > MajorityAccuracy.Value;

    /// <summary>What the result means for a model on the same images.</summary>
    public string Meaning => FindsShortcut
        ?
            $"The label can be told without looking at anatomy: from {Sees}, {Accuracy} of the test images are classified rightly. A "
            + "model that does not beat this has not shown that it has learnt more than this."
        :
            $"From {Sees}, this probe tells the classes no better than always answering {Predictions.ClassNames[MajorityClass]}, as "
            + $"far as {Predictions.Count} images can show. Other shortcuts may be open.";

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private static string Remark(MetricEstimate estimate) =>
        estimate.Interval is null || estimate.Groups == estimate.Count ? estimate.Remark
        : $"{estimate.Remark}: {estimate.GroupsText}";

    private Table Table()
    {
        var percent = $"{DisplayedNumber.Fixed(confidence * 100, 0)} % interval";
        var table = new Table(
            $"Shortcut probe: {Name} ({Method}, {trainingCount} training and {Predictions.Count} test images)",
            TableColumn.Text(""),
            TableColumn.Number("value"),
            TableColumn.Number(percent),
            TableColumn.Text("interval by"));
        table.Add("accuracy", Accuracy.ToString(), AccuracyInterval.ToText(), AccuracyRemark);
        table.Add(
            $"AUC of {Predictions.ClassNames[Predictions.PositiveClass]}",
            Auc is { } auc ? DisplayedNumber.Fixed(auc) : DisplayedNumber.None,
            AucInterval?.ToText() ?? DisplayedNumber.None,
            AucRemark);
        table.Add(
            $"always {Predictions.ClassNames[MajorityClass]}",
            MajorityAccuracy.ToString(),
            DisplayedNumber.None,
            "the most frequent class in training");
        table.Note(Meaning);
        var strongest = Weights.OrderByDescending(weight => Math.Abs(weight.Weight)).Take(3).Where(weight => weight.Weight != 0)
            .Select(weight =>
                $"{weight.Feature} (for {Predictions.ClassNames[weight.Weight > 0 ? 1 : 0]}, "
                    + $"{DisplayedNumber.Fixed(Math.Abs(weight.Weight), 2)})").ToArray();
        if (strongest.Length > 0)
        {
            table.Note($"Strongest features, by weight per standard deviation: {string.Join(", ", strongest)}.");
        }

        foreach (var bad in BadImages.Take(5))
        {
            table.Note($"Left out: {bad.Message}");
        }

        return BadImages.Count > 5 ? table.Note($"Left out in all: {BadImages.Count} files.") : table;
    }
}
