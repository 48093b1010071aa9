using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using Tests.Shared;

namespace Tests.Evaluation;

/// <summary>
/// Statistics of groups, calibration and several classes against values that <c>statistics_cases.py</c> computes with numpy, scipy and
/// scikit-learn.
/// </summary>
[Trait("Category", "Golden")]
public class StatisticsCasesTests
{
    private static readonly JsonElement Root =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "CovidNotebooks.Tests", "Evaluation",
            "statistics_cases.json"))).RootElement;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Root.GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Clustered_McNemar_agrees_with_the_paper_and_the_permutation_with_trying_all_signs(int number)
    {
        var (item, a, b) = Case(number);
        var errors = PairedComparison.Of("A", a, "B", b).Errors;
        var expected = item.GetProperty("mcnemar");
        Assert.Equal(expected.GetProperty("chi_square").GetDouble(), errors.ChiSquare!.Value, 1e-9);
        if (errors.Method == "Obuchowski 1998")
        {
            Assert.Equal(expected.GetProperty("p_asymptotic").GetDouble(), errors.PValue, 1e-9);
        }
        else if (expected.GetProperty("p_permutation") is { ValueKind: JsonValueKind.Number } exact)
        {
            Assert.Equal(exact.GetDouble(), errors.PValue, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_clustered_variance_of_a_difference_of_AUCs_agrees_with_the_paper_and_nearly_with_the_jackknife(int number)
    {
        var (item, a, b) = Case(number);
        var ranking = PairedComparison.Of("A", a, "B", b).Ranking!;
        var expected = item.GetProperty("auc");
        Assert.Equal(expected.GetProperty("auc_a").GetDouble(), ranking.AucA, 1e-12);
        Assert.Equal(expected.GetProperty("auc_b").GetDouble(), ranking.AucB, 1e-12);
        Assert.Equal(expected.GetProperty("variance").GetDouble(), ranking.VarianceOfDifference, 1e-9);

        // The delete-one-group jackknife estimates the same variance another way; with nine groups it is larger.
        Assert.InRange(ranking.VarianceOfDifference / expected.GetProperty("jackknife").GetDouble(), .6, 1.15);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Values_and_intervals_by_group_agree(int number)
    {
        var (item, a, _) = Case(number);
        var report = EvaluationReport.Of(a);
        foreach (var expected in item.GetProperty("intervals").EnumerateObject())
        {
            var estimate = report[expected.Name];
            Assert.Equal(expected.Value.GetProperty("value").GetDouble(), estimate.Value!.Value, 1e-9);
            Assert.Equal("jackknife by group", estimate.Remark);
            Assert.Equal(expected.Value.GetProperty("low").GetDouble(), estimate.Interval!.Value.Low, 1e-7);
            Assert.Equal(expected.Value.GetProperty("high").GetDouble(), estimate.Interval.Value.High, 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Calibration_temperature_and_net_benefit_agree(int number)
    {
        var (item, a, _) = Case(number);
        Assert.Equal(item.GetProperty("sce_debiased").GetDouble(), Metric.Named(MetricNames.SquaredCalibrationError).Of(a), 1e-12);
        Assert.Equal(item.GetProperty("net_benefit_at_.3").GetDouble(), DecisionCurve.Of(a, [.3]).Points.Single().Model, 1e-12);
        var scaling = TemperatureScaling.Of(a);
        Assert.Equal(item.GetProperty("temperature").GetDouble(), scaling.Temperature, 1e-5);
        Assert.Equal(item.GetProperty("temperature_loss").GetDouble(), scaling.LogLossAfter, 1e-9);
        Assert.Equal(a.PredictedLabels, scaling.Apply(a).PredictedLabels);
        var parts = BrierDecomposition.Of(a);
        Assert.Equal(item.GetProperty("intervals").GetProperty("brier").GetProperty("value").GetDouble(),
            parts.Reliability - parts.Resolution + parts.Uncertainty + parts.WithinBins, 1e-12);
    }

    [Fact]
    public void Three_classes_have_scikit_learns_macro_and_one_against_the_rest()
    {
        var several = Root.GetProperty("several_classes");
        var scores = several.GetProperty("scores").EnumerateArray().Select(MetricCase.Numbers).ToArray();
        var labels = MetricCase.Integers(several.GetProperty("labels"));
        var report = EvaluationReport.Of(new Predictions(
            ["class 0", "class 1", "class 2"], [.. labels.Select((label, i) => new Prediction($"i{i}", $"p{i / 2}", null, label, scores[i],
                double.NaN))]));
        var compared = several.EnumerateObject().Where(expected => expected.Name is not ("labels" or "scores")).ToArray();
        foreach (var expected in compared)
        {
            Assert.Equal(expected.Value.GetDouble(), report[expected.Name].Value!.Value, 1e-9);
        }

        // Every row of the report has its value from scikit-learn: none is of class 1 alone under a name that does not say so.
        Assert.Equal(report.Estimates.Select(estimate => estimate.Name).Order(StringComparer.Ordinal),
            compared.Select(expected => expected.Name).Order(StringComparer.Ordinal));
        Assert.All(report.Estimates, estimate => Assert.NotNull(estimate.Interval));
        Assert.Equal(report["roc_auc[class 1]"].Value, report[MetricNames.RocAuc].Value);
        Assert.Equal(report["sensitivity[class 1]"].Interval, report[MetricNames.Sensitivity].Interval);
        Assert.Contains("sensitivity[class 0]", Assert.Throws<KeyNotFoundException>(() => report["auc"]).Message, StringComparison.Ordinal);
        Assert.Contains("roc_auc_ovr_macro", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("share of class 2 found", report.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_calibration_error_of_right_scores_is_what_redrawn_labels_show_and_has_no_interval()
    {
        // Case 10: scores that are true probabilities have an error of 0; the binned one is .125 on average with 60 of them.
        var (_, a, _) = Case(0);
        var report = EvaluationReport.Of(a);
        foreach (var name in new[] { MetricNames.CalibrationError, MetricNames.SquaredCalibrationError })
        {
            Assert.NotNull(report[name].Value);
            Assert.Null(report[name].Interval);
        }

        Assert.Contains("if calibrated", report[MetricNames.CalibrationError].Remark, StringComparison.Ordinal);
        var uniform = Enumerable.Range(0, 60).Select(i => (i + .5) / 60).ToArray();
        double binned = 0, debiased = 0;
        for (var draw = 0; draw < 2000; draw++)
        {
            var random = new RandomStream(44, draw);
            var labels = Array.ConvertAll(uniform, score => random.NextDouble() < score ? 1 : 0);
            var curve = CalibrationCurve.OfPositiveClass(labels, uniform);
            binned += curve.ExpectedCalibrationError / 2000;
            debiased += curve.DebiasedSquaredError / 2000;
        }

        Assert.InRange(binned, .1, .15);
        Assert.Equal(binned, CalibrationCurve.ErrorIfCalibrated(uniform, seed: 3, draws: 2000), .005);

        // The scores vary within a bin of width .1, which leaves the mean score of a bin right: the debiased error is 0 but for chance.
        Assert.InRange(debiased, -.001, .001);
    }

    private static (JsonElement Item, Predictions A, Predictions B) Case(int number)
    {
        var item = Root.GetProperty("cases")[number];
        var groups = MetricCase.Integers(item.GetProperty("groups"));
        var labels = MetricCase.Integers(item.GetProperty("labels"));
        Predictions Answers(string name) => new(["n", "p"], [.. MetricCase.Numbers(item.GetProperty(name))
            .Select((score, i) => new Prediction($"i{i:D3}", $"g{groups[i]}", null, labels[i], [1 - score, score], double.NaN))]);
        return (item, Answers("a"), Answers("b"));
    }

    [Fact]
    public void Where_no_temperature_can_be_chosen_the_reason_is_told()
    {
        var answers = Enumerable.Range(0, 8)
            .Select(i => new Prediction($"{i}", null, null, i % 2, i % 2 == 1 ? [.1, .9] : [.9, .1], .1));
        var right = new Predictions(["n", "p"], [.. answers]);
        var wrong = new Predictions(["n", "p"], [.. right.Items.Select((item, i) => i < 2 ? item with { Label = 1 - item.Label } : item)]);
        Assert.StartsWith("No temperature: the log loss of these 8 images has no minimum",
            TemperatureScaling.Report(right, wrong).ToPlainText().Trim(), StringComparison.Ordinal);
        Assert.Contains("from 8 validation images", TemperatureScaling.Report(wrong, right).ToPlainText(), StringComparison.Ordinal);
    }
}
