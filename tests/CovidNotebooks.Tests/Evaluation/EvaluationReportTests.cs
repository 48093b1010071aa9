using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class EvaluationReportTests
{
    [Fact]
    public void SharesHaveWilsonAndTheAucDeLongWhereImagesAreIndependent()
    {
        var predictions = PairedTests.Answers(
            [.. Enumerable.Range(0, 60).Select(i => ($"i{i}", i % 2, ((i * 37) % 60 / 60.0 * .6) + (i % 2 * .4)))]);
        var report = EvaluationReport.Of(predictions, new EvaluationOptions { Resamples = 200 });
        var metrics = BinaryMetrics.Of(predictions);
        Assert.Equal(metrics.Sensitivity.WilsonInterval(), report[MetricNames.Sensitivity].Interval);
        Assert.Equal(30, report[MetricNames.Sensitivity].Count);
        Assert.Equal(DeLong.Of(predictions).Interval(), report[MetricNames.RocAuc].Interval);
        Assert.Equal("jackknife", report[MetricNames.F1].Remark);
        Assert.Equal((60, false), (report[MetricNames.Accuracy].Groups, report[MetricNames.Accuracy].IsOfFewGroups));
        Assert.Equal(30, report[MetricNames.RocAuc].Groups);
        Assert.All(report.Estimates, estimate => Assert.NotNull(estimate.Value));
        Assert.Equal(report.Estimates.Count, report.ToResults().Count);
        Assert.Contains("roc_auc", report.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("95 % interval", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhereGroupsHaveSeveralImagesAllIntervalsAreByGroup()
    {
        var report = EvaluationReport.Of(BootstrapTests.Answers(30, imagesPerPatient: 4), new EvaluationOptions { Resamples = 400 });
        Assert.Equal("jackknife by group", report[MetricNames.Accuracy].Remark);
        Assert.True(report[MetricNames.Accuracy].Interval!.Value.Width > 1.4 * new Proportion(90, 120).WilsonInterval()!.Value.Width);
    }

    [Fact]
    public void EveryMetricIsExplainedInBothForms()
    {
        var report = EvaluationReport.Of(BootstrapTests.Answers(8, imagesPerPatient: 2), new EvaluationOptions { Resamples = 100 });
        var (html, text) = (report.ToHtml(), report.ToPlainText());
        foreach (var estimate in report.Estimates)
        {
            var line = $"{estimate.Name}: {estimate.Metric.Explanation("positive")}";
            Assert.Contains(System.Net.WebUtility.HtmlEncode(line), html, StringComparison.Ordinal);
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        Assert.Null(Metric.Find("training_seconds"));
        Assert.Contains("clipped at 2.2e-16", text, StringComparison.Ordinal);
        Assert.Contains("8 (few)", text, StringComparison.Ordinal);

        // The first lines are sentences: the finding, and what few groups mean. The table under them fits a terminal.
        var table = text.Split('\n').Skip(2).TakeWhile(line => !line.StartsWith("- accuracy: ", StringComparison.Ordinal));
        Assert.All(table, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void OneClassShowsWhatIsMissingInsteadOfANumber()
    {
        var report = EvaluationReport.Of(
            PairedTests.Answers(("a", 1, .9), ("b", 1, .2), ("c", 1, .7)), new EvaluationOptions { Resamples = 100 });
        Assert.Null(report[MetricNames.Specificity].Value);
        Assert.Contains("no negative image", report[MetricNames.Specificity].Remark, StringComparison.Ordinal);
        Assert.Null(report[MetricNames.RocAuc].Value);
        Assert.DoesNotContain("NaN", report.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(MetricNames.RocAuc, report.ToResults().Keys, StringComparer.Ordinal);
    }

    [Fact]
    public void SeparatedClassesHaveAnAucWithoutAFalseCertainty()
    {
        var report = EvaluationReport.Of(
            PairedTests.Answers(("a", 1, .9), ("b", 1, .8), ("c", 0, .2), ("d", 0, .1)), new EvaluationOptions { Resamples = 100 });
        Assert.Equal(1, report[MetricNames.RocAuc].Value);
        Assert.Null(report[MetricNames.RocAuc].Interval);
    }

    [Fact]
    public void LogitsHaveNoBrierScore()
    {
        var logits = new Predictions(["n", "p"], [new("a", null, null, 0, [1, -2], 0), new("b", null, null, 1, [1, 3], 0)]);
        Assert.Contains(
            "probabilities",
            EvaluationReport.Of(logits, new EvaluationOptions { Resamples = 100 })[MetricNames.Brier].Remark,
            StringComparison.Ordinal);
    }

    [Fact]
    public void NothingToEvaluateIsAnError()
    {
        Assert.Throws<UndefinedMetricException>(() => EvaluationReport.Of(new Predictions(["n", "p"], [])));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => EvaluationReport.Of(PairedTests.Answers(("a", 1, .9)), new EvaluationOptions { Confidence = 1 }));
        var report = EvaluationReport.Of(PairedTests.Answers(("a", 1, .9)), new EvaluationOptions { Resamples = 100 });
        Assert.Contains("accuracy", Assert.Throws<KeyNotFoundException>(() => report["auc"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.81, 2, ComparisonVerdict.Inside)]
    [InlineData(.795, 3, ComparisonVerdict.Outside)]
    [InlineData(.80, 2, ComparisonVerdict.Inside)]
    [InlineData(.91, 2, ComparisonVerdict.Outside)]
    public void PublishedNumbersAreJudgedWithTheirRoundingGranted(double published, int decimals, ComparisonVerdict verdict)
    {
        // .80 may be .8049, which lies in [.804, .86]; .795 with three decimals may not.
        var ours = new MetricEstimate(Metric.Named("accuracy"), .83, new Interval(.804, .86), 624, "Wilson");
        Assert.Equal(verdict, new PublishedResult("accuracy", published, decimals, ours).Verdict);
    }

    [Fact]
    public void WhatCannotBeComparedSaysWhy()
    {
        var missing = new PublishedResult(
            "AUC", .903, 3, new MetricEstimate(Metric.Named("roc_auc"), null, null, 10, "not defined: one class"));
        Assert.Equal(ComparisonVerdict.NotComparable, missing.Verdict);
        Assert.Contains("one class", missing.VerdictText, StringComparison.Ordinal);
        var hindered = new PublishedResult("precision", .95, 2, null, "computed from a misprint");
        Assert.Contains("misprint", new PublishedComparison("t", [hindered, missing]).ToPlainText(), StringComparison.Ordinal);
    }
}
