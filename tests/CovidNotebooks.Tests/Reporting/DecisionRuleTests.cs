using CovidNotebooks.Evaluation;
using CovidNotebooks.Reporting;
using Tests.Runs;

namespace Tests.Reporting;

public sealed class DecisionRuleTests : IDisposable
{
    private readonly ReportedRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void A_stored_threshold_decides_the_answers()
    {
        // .7 for two, .55 for one of the ill; .6 for one of the healthy: from .6 on, 2 of 3 are found and 1 of 2 is spared.
        var report = Reported(.6, ("sensitivity", 2 / 3.0), ("specificity", .5));

        Assert.Equal(.6, report.Decision!.Threshold);
        Assert.Empty(report.Missing);
        Assert.Equal(2 / 3.0, report.Evaluation![MetricNames.Sensitivity].Value);
        Assert.Equal(.5, report.Evaluation[MetricNames.Specificity].Value);
        Assert.Contains("positive from a score of 0.6000 on", report.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_that_was_chosen_after_training_wins_over_the_setting()
    {
        var report = Reported(.5, ("threshold", .6), ("sensitivity", 2 / 3.0));

        Assert.Equal(.6, report.Decision!.Threshold);
        Assert.Empty(report.Missing);
    }

    [Fact]
    public void Results_that_only_the_highest_score_gives_overrule_a_threshold()
    {
        var report = Reported(.6, ("sensitivity", 1));

        Assert.Null(report.Decision!.Threshold);
        Assert.Empty(report.Missing);
        Assert.Equal(1, report.Evaluation![MetricNames.Sensitivity].Value);
    }

    [Fact]
    public void Results_that_no_rule_gives_are_a_contradiction()
    {
        var report = Reported(.6, ("accuracy", .99));

        Assert.Contains(
            "The run stored accuracy 0.9900; its predictions give 0.6000 by this rule",
            Assert.Single(report.Missing),
            StringComparison.Ordinal);
        Assert.Contains("The run stored accuracy 0.9900", report.ToHtml(), StringComparison.Ordinal);
    }

    private RunReport Reported(double threshold, params (string Name, double Value)[] results) =>
        runs.Report("one", ReportedRuns.Settings(("threshold", threshold)), run =>
    {
        double[] ill = [.7, .7, .55];
        double[] healthy = [.6, .2];
        run.Save(
            new Predictions(
                ["n", "p"],
                [.. ill.Select((score, i) => Answer($"p{i}", 1, score)), .. healthy.Select((score, i) => Answer($"n{i}", 0, score))]));
        run.SetResults(RunStoreTests.Values(results));
    });

    private static Prediction Answer(string id, int label, double score) => new(id, null, null, label, [1 - score, score], .1);
}
