using CovidNotebooks.Charts;
using CovidNotebooks.Evaluation;
using Tests.Reporting;

namespace Tests.Evaluation;

/// <summary>Answers that are all right, all wrong or all the same: a bootstrap cannot see how certain they are.</summary>
public class UnanimousAnswersTests
{
    private static readonly EvaluationOptions Quick = new() { Resamples = 100 };

    [Fact]
    public void A_share_of_1_in_groups_has_Wilsons_interval_of_the_number_of_groups()
    {
        // Six positive images of three groups and one without a group, all found: 4 of 4, from 4 / (4 + z²) = 4 / 7.841459 on.
        var report = EvaluationReport.Of(Answers(found: true, rejected: true), Quick);
        var sensitivity = report[MetricNames.Sensitivity];
        Assert.Equal((1.0, 7, "Wilson on groups"), (sensitivity.Value!.Value, sensitivity.Count, sensitivity.Remark));
        Assert.Equal(.510109, sensitivity.Interval!.Value.Low, 6);
        Assert.Equal(1, sensitivity.Interval!.Value.High);

        // Four negative images of two groups: 2 / (2 + z²) = 2 / 5.841459. All eleven: six groups, 6 / 9.841459.
        Assert.Equal(.342380, report[MetricNames.Specificity].Interval!.Value.Low, 6);
        Assert.Equal(.609666, report[MetricNames.Accuracy].Interval!.Value.Low, 6);
        Assert.Equal(.510109, report[MetricNames.Precision].Interval!.Value.Low, 6);
        Assert.Equal(.342380, report[MetricNames.NegativePredictiveValue].Interval!.Value.Low, 6);
    }

    [Fact]
    public void A_share_of_0_in_groups_has_Wilsons_interval_of_the_number_of_groups()
    {
        // None of the negatives of two groups is left alone: 0 of 2, up to z² / (2 + z²) = 3.841459 / 5.841459.
        var report = EvaluationReport.Of(Answers(found: true, rejected: false), Quick);
        Assert.Equal(new Interval(0, .657620), Rounded(report[MetricNames.Specificity].Interval!.Value));
        Assert.Equal("jackknife", report[MetricNames.Accuracy].Remark[..9]);
        Assert.True(report[MetricNames.Accuracy].Interval!.Value.Width > .1);

        // Nobody was called negative, so there is nothing to be right about.
        Assert.Null(report[MetricNames.NegativePredictiveValue].Value);
    }

    [Theory]
    [InlineData(MetricNames.F1)]
    [InlineData(MetricNames.BalancedAccuracy)]
    [InlineData(MetricNames.Matthews)]
    [InlineData(MetricNames.CohenKappa)]
    [InlineData(MetricNames.RocAuc)]
    [InlineData(MetricNames.AveragePrecision)]
    public void Any_other_metric_of_faultless_answers_has_no_interval_and_says_why(string metric)
    {
        var faultless = Answers(found: true, rejected: true);
        foreach (var (answers, remark) in new[]
        {
            (Often(faultless), "no interval: without any one group the value stays the same"),
            (
                Alone(Often(faultless)),
                metric is MetricNames.RocAuc
                    ? "no interval: the variance is 0, as with fully separated classes or with scores that are all equal"
                    : "no interval: without any one group the value stays the same"),
        })
        {
            var estimate = EvaluationReport.Of(answers, Quick)[metric];
            Assert.Equal((1, null, remark), ((int)estimate.Value!, estimate.Interval, estimate.Remark));
        }
    }

    [Fact]
    public void Constant_scores_have_an_AUC_and_a_Brier_score_without_an_interval()
    {
        var constant = Answers(found: true, rejected: true, score: _ => .5);
        var report = EvaluationReport.Of(constant, Quick);
        foreach (var (metric, value) in new[] { (MetricNames.RocAuc, .5), (MetricNames.Brier, .25), (MetricNames.LogLoss, Math.Log(2)) })
        {
            Assert.Equal(value, report[metric].Value!.Value, 12);
            Assert.Null(report[metric].Interval);
            Assert.Equal("no interval: without any one group the value stays the same", report[metric].Remark);
        }

        Assert.DoesNotContain("[0.500, 0.500]", report.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("0.500 (no interval)", ForestPlot.Of(report).ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_number_beside_a_value_without_an_interval_has_no_verdict()
    {
        var report = EvaluationReport.Of(Answers(found: true, rejected: true), Quick);
        var auc = new PublishedResult("AUC", .9, 2, report[MetricNames.RocAuc]);
        Assert.Equal(
            (ComparisonVerdict.NotComparable, "not comparable: ours has no interval: without any one group the value stays the same"),
            (auc.Verdict, auc.VerdictText));
        Assert.Equal("not comparable: ours has no interval", (auc with { Ours = auc.Ours! with { Remark = "" } }).VerdictText);

        // 4 of 4 groups: .52 lies inside [.510, 1], .50 does not.
        Assert.Equal(ComparisonVerdict.Inside, new PublishedResult("recall", .52, 2, report[MetricNames.Sensitivity]).Verdict);
        Assert.Equal(ComparisonVerdict.Outside, new PublishedResult("recall", .50, 2, report[MetricNames.Sensitivity]).Verdict);
    }

    [Fact]
    public void A_run_report_never_says_that_intervals_are_made_by_having_none()
    {
        using var runs = new ReportedRuns();
        var text = runs.Report("one", [], run => run.Save(Answers(found: true, rejected: true))).ToPlainText();
        Assert.Contains("intervals by Wilson on groups where nothing else is said", text, StringComparison.Ordinal);
        Assert.Contains("area under the ROC curve 1.000 (no interval)", text, StringComparison.Ordinal);
    }

    /// <summary>
    /// Positives: groups a (three images), b (two) and c (one), and one image alone. Negatives: groups d and e with two images each.
    /// </summary>
    private static Predictions Answers(bool found, bool rejected, Func<int, double>? score = null)
    {
        string?[] groups = ["a", "a", "a", "b", "b", "c", null, "d", "d", "e", "e"];
        return new Predictions(["other", "covid"], [.. groups.Select((group, i) =>
        {
            var positive = i < 7;
            var called = positive ? found : !rejected;
            var own = score?.Invoke(i) ?? (called ? .8 : .2);
            return new Prediction($"{i}", group, null, positive ? 1 : 0, [1 - own, own], 0);
        })]);
    }

    /// <summary>
    /// Ten times as many images and groups: no resample is of one class, on which Matthews' correlation is 0 by convention.
    /// </summary>
    private static Predictions Often(Predictions answers) => new(
        answers.ClassNames,
        [
            .. Enumerable.Range(0, 10)
            .SelectMany(
                copy =>
                    answers.Items.Select(
                        item => item with { Id = $"{copy}/{item.Id}", Group = item.Group is null ? null : $"{copy}/{item.Group}" })),
        ]);

    private static Predictions Alone(Predictions answers) =>
        new(answers.ClassNames, [.. answers.Items.Select(item => item with { Group = null })]);

    private static Interval Rounded(Interval interval) => new(Math.Round(interval.Low, 6), Math.Round(interval.High, 6));
}
