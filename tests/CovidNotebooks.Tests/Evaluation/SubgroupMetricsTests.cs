using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

/// <summary>Metrics by subgroup and the decision curve, by hand.</summary>
public class SubgroupMetricsTests
{
    [Fact]
    public void Each_subgroup_has_its_own_metrics_and_blank_is_one_of_its_own()
    {
        string?[] sources = ["one", "one", "two", "two", " ", null];
        var all = new Predictions(["n", "p"], [.. sources.Select((source, i) => new Prediction($"{i}", null, source, i % 2,
            i < 4 == (i % 2 == 1) ? [.2, .8] : [.8, .2], double.NaN))]);
        var metrics = SubgroupMetrics.BySource(all)!;
        Assert.Equal(["not known", "one", "two"], metrics.Subgroups.Select(own => own.Key).Order(StringComparer.Ordinal));
        Assert.Equal(1, metrics.Subgroups.Single(own => own.Key == "one").Value[MetricNames.Accuracy].Value);
        Assert.Equal(0, metrics.Subgroups.Single(own => own.Key == "not known").Value[MetricNames.Accuracy].Value);
        Assert.Contains("not known", metrics.ToHtml(), StringComparison.Ordinal);
        Assert.Null(SubgroupMetrics.BySource(new Predictions(["n", "p"], [.. all.Items.Select(item => item with { Source = null })])));
    }

    [Fact]
    public void Net_benefit_by_hand()
    {
        // Ten images, four positive. At .2: 3 hits and 2 false alarms, 3/10 - 2/10 · 1/4 = .25; all: .4 - .6/4 = .25. At .5: 2 hits, 1
        // alarm: .2 - .1 = .1; all: -.2.
        double[] positives = [.9, .6, .3, .1], negatives = [.7, .4, .15, .1, .05, .01];
        var predictions = PairedTests.Answers([.. positives.Select((score, i) => ($"p{i}", 1, score)),
            .. negatives.Select((score, i) => ($"n{i}", 0, score))]);
        var curve = DecisionCurve.Of(predictions, [.5, .2]);
        Assert.Equal([.2, .5], curve.Points.Select(point => point.Threshold));
        Assert.Equal([.25, .1], curve.Points.Select(point => Math.Round(point.Model, 12)));
        Assert.Equal([.25, -.2], curve.Points.Select(point => Math.Round(point.All, 12)));
        Assert.Equal([false, true], curve.Points.Select(point => point.ModelIsBest));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecisionCurve.Of(predictions, [1]));
        Assert.Contains("threshold", curve.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_temperature_needs_errors_and_probabilities()
    {
        Assert.Throws<UndefinedMetricException>(() => TemperatureScaling.Of(PairedTests.Answers(("a", 1, .9), ("b", 0, .1))));
        var sigmoids = new Predictions(["n", "p"], [new("a", null, null, 0, [.9, .8], 0), new("b", null, null, 1, [.7, .6], 0)]);
        Assert.Contains("sum to 1", Assert.Throws<UndefinedMetricException>(() => TemperatureScaling.Of(sigmoids)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_that_are_too_sure_are_cooled()
    {
        // Seven of ten right, said with .99: the best temperature makes .99 into .7, ln 99 / ln(7/3).
        var sure = PairedTests.Answers([.. Enumerable.Range(0, 20).Select(i => ($"{i}", i % 2, i % 2 == 1 == (i / 2 < 7) ? .99 : .01))]);
        var scaling = TemperatureScaling.Of(sure);
        Assert.Equal(Math.Log(99) / Math.Log(7 / 3.0), scaling.Temperature, 1e-6);
        Assert.Equal(.7, scaling.Apply(sure).Items[0].Scores.Max(), 1e-9);
        Assert.True(scaling.LogLossAfter < scaling.LogLossBefore);
        Assert.Contains("raw", scaling.Beside(sure).ToPlainText(), StringComparison.Ordinal);
    }
}
