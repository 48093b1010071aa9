using System.Text.Json;
using CovidNotebooks.Evaluation;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Evaluation;

/// <summary>Every number of every golden metrics file: scikit-learn 1.2 and SciPy are the truth.</summary>
[Trait("Category", "Golden")]
public class GoldenMetricsTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-12;
    private const double ProbabilityTolerance = 1e-9;

    /// <summary>Everything in <c>expected</c>; a file with another entry fails, so that none goes unread.</summary>
    private static readonly string[] KnownEntries =
    [
        "confusion_matrix_labels01", "confusion_matrix_default", "classification_report_text",
        "classification_report_dict", "classification_report_labels01_text", "classification_report_labels01_dict",
        "accuracy", "balanced_accuracy", "precision", "recall", "f1", "sensitivity", "specificity", "matthews",
        "cohen_kappa", "wilson95", "class0_as_positive", "roc_curve_drop_intermediate_true",
        "roc_curve_drop_intermediate_false", "roc_auc", "average_precision", "precision_recall_curve", "log_loss",
        "brier", "ece10_positive_class", "ece10_top_label", "delong", "delong_pair", "mcnemar",
    ];

    public static TheoryData<string> Files => [.. MetricCase.GoldenNames, .. MetricCase.OwnNames];

    [SkippableFact]
    public void ThereAreFiles()
    {
        Skip.If(MetricCase.GoldenNames.Count == 0 && Repository.GoldenIsNamed, "metrics: not in this folder");
        output.WriteLine(
            $"{MetricCase.GoldenNames.Count} golden files of kind metrics in {MetricCase.GoldenFolder}, {MetricCase.OwnNames.Count} "
                + "of our own");
        Assert.NotEmpty(MetricCase.GoldenNames);
        Assert.NotEmpty(MetricCase.OwnNames);
        string[] all = [.. MetricCase.GoldenNames, .. MetricCase.OwnNames];
        Assert.All(all, name => Assert.Equal("metrics", MetricCase.Load(name).Kind));
        Assert.All(
            all,
            name =>
                Assert.Empty(
                    MetricCase.Load(name).Expected.EnumerateObject().Select(entry => entry.Name)
                        .Except(KnownEntries, StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ConfusionMatrixCounts(string file)
    {
        var golden = MetricCase.Load(file);
        var confusion = ConfusionMatrix.Of(golden.Labels, golden.Predicted, golden.Names);
        Assert.Equal(Rows(golden.Expected.GetProperty("confusion_matrix_labels01")), Rows(confusion));
        Assert.Equal(Rows(golden.Expected.GetProperty("confusion_matrix_default")), Rows(confusion.OccurringClassesOnly()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ClassificationReportTextAndNumbers(string file)
    {
        var golden = MetricCase.Load(file);
        var byDefault = ClassificationReport.Of(golden.Labels, golden.Predicted, golden.Names);
        var bothLabels = ClassificationReport.Of(golden.Labels, golden.Predicted, golden.Names, [0, 1]);
        Assert.Equal(golden.Expected.GetProperty("classification_report_text").GetString(), byDefault.ToText());
        Assert.Equal(golden.Expected.GetProperty("classification_report_labels01_text").GetString(), bothLabels.ToText());
        SameReport(golden.Expected.GetProperty("classification_report_dict"), byDefault.ToDictionary());
        SameReport(golden.Expected.GetProperty("classification_report_labels01_dict"), bothLabels.ToDictionary());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void MetricsOfTheConfusionMatrix(string file)
    {
        var golden = MetricCase.Load(file);
        var expected = golden.Expected;
        var confusion = ConfusionMatrix.Of(golden.Labels, golden.Predicted, golden.Names);
        var metrics = BinaryMetrics.Of(confusion);
        Same(expected, "accuracy", () => metrics.Accuracy.Value);
        Same(expected, "balanced_accuracy", () => metrics.BalancedAccuracy);
        Same(expected, "precision", () => metrics.Precision.Value);
        Same(expected, "recall", () => metrics.Sensitivity.Value);
        Same(expected, "f1", () => metrics.F1);
        Same(expected, "sensitivity", () => metrics.Sensitivity.Value);
        Same(expected, "specificity", () => metrics.Specificity.Value);
        Same(expected, "matthews", () => metrics.Matthews);
        Same(expected, "cohen_kappa", () => metrics.CohenKappa);
        SameWilson(expected.GetProperty("wilson95"), metrics, ["accuracy", "sensitivity", "specificity", "precision", "npv"]);

        var other = BinaryMetrics.Of(confusion, positiveClass: 0);
        var expectedOther = expected.GetProperty("class0_as_positive");
        Same(expectedOther, "precision", () => other.Precision.Value);
        Same(expectedOther, "recall", () => other.Sensitivity.Value);
        Same(expectedOther, "f1", () => other.F1);
        Same(expectedOther, "sensitivity", () => other.Sensitivity.Value);
        Same(expectedOther, "specificity", () => other.Specificity.Value);
        SameWilson(expectedOther.GetProperty("wilson95"), other, ["sensitivity", "specificity"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void RocAndPrecisionRecall(string file)
    {
        var golden = MetricCase.Load(file);
        foreach (var drop in (bool[])[true, false])
        {
            var expected = golden.Expected.GetProperty(drop ? "roc_curve_drop_intermediate_true" : "roc_curve_drop_intermediate_false");
            var roc = RocCurve.Of(golden.Labels, golden.Scores, golden.PositiveClass, drop, FirstThreshold.HighestScorePlusOne);
            SameOrUndefined(expected.GetProperty("fpr"), () => roc.FalsePositiveRates);
            SameOrUndefined(expected.GetProperty("tpr"), () => roc.TruePositiveRates);
            Same(MetricCase.Numbers(expected.GetProperty("thresholds")), roc.Thresholds);
            Assert.Equal(double.PositiveInfinity, RocCurve.Of(golden.Labels, golden.Scores, golden.PositiveClass, drop).Thresholds[0]);
        }

        Same(golden.Expected, "roc_auc", () => Auc.Of(golden.Labels, golden.Scores, golden.PositiveClass));
        var curve = PrecisionRecallCurve.Of(golden.Labels, golden.Scores, golden.PositiveClass);
        Same(golden.Expected, "average_precision", () => curve.AveragePrecision);
        var expectedCurve = golden.Expected.GetProperty("precision_recall_curve");
        Same(MetricCase.Numbers(expectedCurve.GetProperty("precision")), curve.Precision);
        Same(MetricCase.Numbers(expectedCurve.GetProperty("recall")), curve.Recall);
        Same(MetricCase.Numbers(expectedCurve.GetProperty("thresholds")), curve.Thresholds);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void MetricsOfProbabilities(string file)
    {
        var golden = MetricCase.Load(file);
        var (labels, scores, positive) = (golden.Labels, golden.Scores, golden.PositiveClass);
        if (!golden.ScoresAreProbabilities)
        {
            if (scores.Any(score => score is < 0 or > 1))
            {
                Assert.Contains(
                    "probabilities",
                    Assert.Throws<UndefinedMetricException>(() => ProbabilityMetrics.LogLoss(labels, scores, positive)).Message,
                    StringComparison.Ordinal);
                Assert.Throws<UndefinedMetricException>(() => ProbabilityMetrics.Brier(labels, scores, positive));
                Assert.Throws<UndefinedMetricException>(() => CalibrationCurve.OfPositiveClass(labels, scores, positive));
            }

            return;
        }

        Same(golden.Expected, "log_loss", () => ProbabilityMetrics.LogLoss(labels, scores, positive));
        Same(golden.Expected, "brier", () => ProbabilityMetrics.Brier(labels, scores, positive));
        SameCalibration(golden.Expected.GetProperty("ece10_positive_class"), CalibrationCurve.OfPositiveClass(labels, scores, positive));
        var confidences = scores.Select(score => Math.Max(score, 1 - score)).ToArray();
        var right = labels.Zip(golden.Predicted, (label, predicted) => label == predicted).ToArray();
        SameCalibration(golden.Expected.GetProperty("ece10_top_label"), CalibrationCurve.OfTopLabel(confidences, right));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void DeLongAndPairedTests(string file)
    {
        var golden = MetricCase.Load(file);
        var (labels, scores, positive) = (golden.Labels, golden.Scores, golden.PositiveClass);
        var expected = golden.Expected.GetProperty("delong");
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Contains(
                "two images",
                Assert.Throws<UndefinedMetricException>(() => DeLong.Of(labels, scores, positive)).Message,
                StringComparison.Ordinal);
        }
        else
        {
            var result = DeLong.Of(labels, scores, positive);
            Same(expected, "auc", () => result.Auc);
            Same(expected, "variance", () => result.Variance);
            Same(expected, "se", () => result.StandardError);
            SameInterval(expected.GetProperty("ci95"), result.Interval());
            SameInterval(expected.GetProperty("ci95_unclipped"), result.UnclippedInterval());
        }

        if (golden.ModelB is { } modelB)
        {
            CompareErrors(golden, modelB);
            CompareAucs(golden, MetricCase.Numbers(modelB.GetProperty("scores")));
        }
    }

    private static void CompareAucs(MetricCase golden, double[] scoresB)
    {
        var expected = golden.Expected.GetProperty("delong_pair");
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Throws<UndefinedMetricException>(() => DeLong.Compare(golden.Labels, golden.Scores, scoresB, golden.PositiveClass));
            return;
        }

        var comparison = DeLong.Compare(golden.Labels, golden.Scores, scoresB, golden.PositiveClass);
        Same(expected, "auc_a", () => comparison.AucA);
        Same(expected, "auc_b", () => comparison.AucB);
        Same(expected, "difference", () => comparison.Difference);
        Same(expected, "variance_of_difference", () => comparison.VarianceOfDifference);
        Same(
            [.. expected.GetProperty("covariance").EnumerateArray().SelectMany(MetricCase.Numbers)],
            [comparison.VarianceA, comparison.Covariance, comparison.Covariance, comparison.VarianceB]);
        var z = expected.GetProperty("z");
        if (z.ValueKind == JsonValueKind.Null || double.IsNaN(MetricCase.Number(z)))
        {
            Assert.Equal(0, comparison.Difference, Tolerance);
            return;
        }

        if (double.IsInfinity(MetricCase.Number(z)))
        {
            Assert.False(comparison.HasTest);
            return;
        }

        // A quotient: its error is relative to its size.
        Assert.Equal(MetricCase.Number(z), comparison.Z, Math.Max(1, Math.Abs(MetricCase.Number(z))) * ProbabilityTolerance);
        Assert.Equal(MetricCase.Number(expected.GetProperty("p_two_sided")), comparison.PValue, ProbabilityTolerance);
    }

    private static void CompareErrors(MetricCase golden, JsonElement modelB)
    {
        var test = McNemar.Of(golden.Labels, golden.Predicted, MetricCase.Integers(modelB.GetProperty("y_pred")));
        var counts = golden.Expected.GetProperty("mcnemar");
        Assert.Equal(counts.GetProperty("a_right_b_wrong").GetInt32(), test.OnlyARight);
        Assert.Equal(counts.GetProperty("a_wrong_b_right").GetInt32(), test.OnlyBRight);
        Assert.Equal(counts.GetProperty("both_right").GetInt32(), test.BothRight);
        Assert.Equal(counts.GetProperty("both_wrong").GetInt32(), test.BothWrong);
        Same(counts, "p_exact", () => test.PValue);
    }

    private static int[][] Rows(JsonElement matrix) => [.. matrix.EnumerateArray().Select(MetricCase.Integers)];

    private static int[][] Rows(ConfusionMatrix confusion) =>
        [
            .. Enumerable.Range(0, confusion.Size)
            .Select(row => Enumerable.Range(0, confusion.Size).Select(column => confusion[row, column]).ToArray()),
        ];

    /// <summary>A number within the tolerance; where the file has null or NaN, an error that says what is missing.</summary>
    private static void Same(JsonElement expected, string name, Func<double> actual)
    {
        var element = expected.GetProperty(name);
        if (element.ValueKind == JsonValueKind.Null || double.IsNaN(MetricCase.Number(element)))
        {
            Assert.Contains("not defined", Assert.Throws<UndefinedMetricException>(() => actual()).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(MetricCase.Number(element), actual(), Tolerance);
        }
    }

    private static void Same(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static void SameOrUndefined(JsonElement expected, Func<IReadOnlyList<double>> actual)
    {
        var numbers = MetricCase.Numbers(expected);
        if (numbers.Any(double.IsNaN))
        {
            Assert.Throws<UndefinedMetricException>(actual);
        }
        else
        {
            Same(numbers, actual());
        }
    }

    private static void SameInterval(JsonElement expected, Interval? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
        }
        else
        {
            Same(MetricCase.Numbers(expected), [actual!.Value.Low, actual.Value.High]);
        }
    }

    private static void SameWilson(JsonElement expected, BinaryMetrics metrics, string[] names)
    {
        foreach (var name in names)
        {
            var proportion = name switch
            {
                "accuracy" => metrics.Accuracy,
                "sensitivity" => metrics.Sensitivity,
                "specificity" => metrics.Specificity,
                "precision" => metrics.Precision,
                _ => metrics.NegativePredictiveValue,
            };
            SameInterval(expected.GetProperty(name), proportion.WilsonInterval());
        }
    }

    private static void SameReport(JsonElement expected, IReadOnlyDictionary<string, object> actual)
    {
        Assert.Equal(expected.EnumerateObject().Select(entry => entry.Name), actual.Keys);
        foreach (var entry in expected.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Object)
            {
                Assert.Equal(MetricCase.Number(entry.Value), (double)actual[entry.Name], Tolerance);
                continue;
            }

            var scores = (IReadOnlyDictionary<string, double>)actual[entry.Name];
            Assert.All(entry.Value.EnumerateObject(), value => Assert.Equal(MetricCase.Number(value.Value), scores[value.Name], Tolerance));
        }
    }

    private static void SameCalibration(JsonElement expected, CalibrationCurve actual)
    {
        Same(expected, "ece", () => actual.ExpectedCalibrationError);
        var bins = expected.GetProperty("bins_count_meanconf_meanhit").EnumerateArray().ToArray();
        Assert.Equal(bins.Length, actual.Bins.Count);
        for (var i = 0; i < bins.Length; i++)
        {
            Assert.Equal(bins[i][0].GetInt32(), actual.Bins[i].Count);
            if (actual.Bins[i].Count > 0)
            {
                Assert.Equal(MetricCase.Number(bins[i][1]), actual.Bins[i].MeanScore!.Value, Tolerance);
                Assert.Equal(MetricCase.Number(bins[i][2]), actual.Bins[i].Fraction!.Value, Tolerance);
            }
        }
    }
}
