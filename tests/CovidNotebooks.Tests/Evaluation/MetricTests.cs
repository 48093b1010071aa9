using System.Reflection;
using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

/// <summary>The metric records: each name has one, and what they say fits what they compute.</summary>
public class MetricTests
{
    public static TheoryData<string> Names => [.. typeof(MetricNames).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(constant => (string)constant.GetValue(null)!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryNameHasOneRecordWithAllItsParts(string name)
    {
        var metric = Assert.Single(Metric.All, metric => metric.Name == name);
        Assert.Same(metric, Metric.Named(name));
        Assert.DoesNotContain('_', metric.Words);
        Assert.NotEmpty(metric.Formula);
        Assert.NotEmpty(metric.ShortWords);
        Assert.NotEmpty(metric.Explanation("covid"));
    }

    [Fact]
    public void FlawlessAnswersReachTheBetterEndOfEveryScale()
    {
        // Ten images, scores of exactly 0 and 1: shares and correlations are 1, errors are 0 (the log loss but for its clipping).
        var flawless = PairedTests.Answers([.. Enumerable.Range(0, 10).Select(i => ($"i{i}", i % 2, (double)(i % 2)))]);
        Assert.All(Metric.All, metric => Assert.Equal(metric.Direction == MetricDirection.HigherIsBetter ? 1 : 0, metric.Of(flawless),
            1e-12));
    }

    [Fact]
    public void OfGivesTheValueOfTheReport()
    {
        var predictions = BootstrapTests.Answers(12, imagesPerPatient: 2);
        var report = EvaluationReport.Of(predictions, new EvaluationOptions { Resamples = 100 });
        Assert.Equal(report.Estimates.Select(estimate => estimate.Value!.Value), Metric.All.Select(metric => metric.Of(predictions)));
        Assert.Equal(.75, Metric.Named(MetricNames.Accuracy).Of(predictions));
    }

    [Fact]
    public void AnUnknownNameIsRefusedAndOtherResultsKeepTheirWords()
    {
        Assert.Contains("roc_auc", Assert.Throws<KeyNotFoundException>(() => Metric.Named("auc")).Message, StringComparison.Ordinal);
        Assert.Null(Metric.Find("training_seconds"));
        Assert.Equal("training seconds", Metric.WordsOf("training_seconds"));
        Assert.Equal("negative predictive value", Metric.WordsOf(MetricNames.NegativePredictiveValue));
    }
}
