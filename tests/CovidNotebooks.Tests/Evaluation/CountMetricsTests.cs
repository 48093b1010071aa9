using CovidNotebooks.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Evaluation;

/// <summary>Metrics of a confusion matrix, the report and Wilson's interval: by hand, at the edges, and by properties.</summary>
public class CountMetricsTests
{
    private static readonly string[] Names = ["normal", "pneumonia"];

    [Fact]
    public void MetricsByHand()
    {
        var metrics = BinaryMetrics.Of(ConfusionMatrix.Of(new[,] { { 40, 10 }, { 5, 45 } }, Names));
        Assert.Equal(new Proportion(85, 100), metrics.Accuracy);
        Assert.Equal(new Proportion(45, 50), metrics.Sensitivity);
        Assert.Equal(new Proportion(40, 50), metrics.Specificity);
        Assert.Equal(new Proportion(45, 55), metrics.Precision);
        Assert.Equal(new Proportion(40, 45), metrics.NegativePredictiveValue);
        Assert.Equal(90.0 / 105, metrics.F1, 1e-15);
        Assert.Equal(.85, metrics.BalancedAccuracy, 1e-15);
        Assert.Equal(((45.0 * 40) - (10 * 5)) / Math.Sqrt(50.0 * 50 * 55 * 45), metrics.Matthews, 1e-15);
        Assert.Equal((.85 - .5) / (1 - .5), metrics.CohenKappa, 1e-15);
    }

    [Fact]
    public void OneClassTruthHasZerosThatSayTheyAreNot()
    {
        var metrics = BinaryMetrics.Of(ConfusionMatrix.Of([1, 1, 1], [1, 0, 1], Names));
        Assert.False(metrics.Specificity.IsDefined);
        Assert.Equal(0, metrics.Specificity.Value);
        Assert.Null(metrics.Specificity.WilsonInterval());
        Assert.Equal(2.0 / 3, metrics.BalancedAccuracy);
        Assert.Equal(0, metrics.Matthews);
        Assert.Equal(0, metrics.CohenKappa);
        Assert.Contains(
            "one same class",
            Assert.Throws<UndefinedMetricException>(() => BinaryMetrics.Of(ConfusionMatrix.Of([1], [1], Names)).CohenKappa).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void NothingAtAllIsAnError()
    {
        var empty = ConfusionMatrix.Of([], [], Names);
        Assert.Throws<UndefinedMetricException>(() => Agreement.BalancedAccuracy(empty));
        Assert.Throws<UndefinedMetricException>(() => Agreement.Matthews(empty));
        Assert.Throws<UndefinedMetricException>(() => Agreement.CohenKappa(empty));
        Assert.Throws<UndefinedMetricException>(() => ClassificationReport.Of(empty));
        Assert.Null(empty.RowPercentage(0, 0));
    }

    [Fact]
    public void ClassesWithoutANameAndListsOfDifferentLengthAreRefused()
    {
        Assert.Contains(
            "between 0 and 1",
            Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0, 2], [0, 1], Names)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "2 labels and 1 predictions",
            Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0, 1], [0], Names)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(new int[2, 3], Names));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(new[,] { { 1, -1 }, { 0, 0 } }, Names));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryMetrics.Of(ConfusionMatrix.Of([], [], Names), 2));
        Assert.Throws<ArgumentException>(() => ClassificationReport.Of([0, 1], [0, 1], Names, [1, 1]));
        Assert.Throws<ArgumentException>(() => ClassificationReport.Of([0, 1], [0, 1], Names, [2]));
    }

    [Fact]
    public void SwappingTheClassesSwapsSensitivityAndSpecificity() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        int[] labels = [.. items.Select(item => item.Label)], predicted = [.. items.Select(item => item.Score > .4 ? 1 : 0)];
        var confusion = ConfusionMatrix.Of(labels, predicted, Names);
        var (one, zero) = (BinaryMetrics.Of(confusion, 1), BinaryMetrics.Of(confusion, 0));
        return one.Sensitivity == zero.Specificity && one.Precision == zero.NegativePredictiveValue && one.Matthews == zero.Matthews
            && confusion.Total == labels.Length && confusion.Correct == labels.Zip(predicted).Count(pair => pair.First == pair.Second);
    }));

    [Fact]
    public void ConfusionMatrixShowsCountsAndRowPercentages()
    {
        var confusion = ConfusionMatrix.Of(new[,] { { 163, 71 }, { 48, 342 } }, ["<normal>", "pneumonia"]);
        Assert.Contains("163 (69.7 %)", confusion.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("342 (87.7 %)", confusion.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("&lt;normal&gt;", confusion.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("<normal>", confusion.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void WilsonByHand()
    {
        // 9 of 10 with z = 1.96: centre (.9 + .19207) / 1.38415, half width 1.96 sqrt(.009 + .009604) / 1.38415 (Wilson 1927).
        var interval = Wilson.Interval(9, 10);
        Assert.Equal(.5958, interval.Low, 1e-4);
        Assert.Equal(.9821, interval.High, 1e-4);
        Assert.Equal(0, Wilson.Interval(0, 5).Low);
        Assert.Equal(1, Wilson.Interval(5, 5).High);
    }

    [Fact]
    public void WilsonRefusesWhatIsNoShare()
    {
        Assert.Throws<UndefinedMetricException>(() => Wilson.Interval(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(6, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(1, 5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(1, 5, double.NaN));
    }

    [Fact]
    public void WilsonHoldsTheShareAndMirrors() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.Choose(1, 5000).SelectMany(n => Gen.Choose(0, n).Select(k => (k, n)))), item =>
    {
        var (interval, mirror) = (Wilson.Interval(item.k, item.n), Wilson.Interval(item.n - item.k, item.n));
        return interval.Contains((double)item.k / item.n) && interval.Low >= 0 && interval.High <= 1
            && Math.Abs(interval.Low - (1 - mirror.High)) < 1e-12
            && Wilson.Interval(item.k, item.n, .99).Width > interval.Width;
    }));
}
