using CovidNotebooks.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Evaluation;

/// <summary>DeLong, McNemar and the comparison of two models.</summary>
public class PairedTests
{
    [Fact]
    public void DeLongByHand()
    {
        // Positives 3 and 2, negatives 1 and 2 (a tie counts half). Placements of positives: 1 and 3/4; of negatives: 1 and 3/4.
        var result = DeLong.Of([1, 1, 0, 0], [3, 2, 1, 2]);
        Assert.Equal(.875, result.Auc);
        Assert.Equal((.03125 / 2) + (.03125 / 2), result.Variance, 1e-15);
        Assert.Equal(1, result.Interval().High);
        Assert.True(result.UnclippedInterval().High > 1);
    }

    [Fact]
    public void DeLongNeedsTwoOfEither() =>
        Assert.Contains(
            "2 positive and 1 negative",
            Assert.Throws<UndefinedMetricException>(() => DeLong.Of([1, 1, 0], [.3, .2, .1])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void DeLongOfSeparatedOrConstantScoresHasNoVariance()
    {
        Assert.Equal(new DeLongResult(1, 0), DeLong.Of([1, 1, 0, 0], [.9, .8, .2, .1]));
        Assert.Equal(new DeLongResult(.5, 0), DeLong.Of([1, 1, 0, 0], [.5, .5, .5, .5]));
    }

    [Fact]
    public void DeLongAgreesWithTheAucAndIsSymmetric() => Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        var (labels, scores) = RankingMetricsTests.Split([.. items, (0, .2), (1, .3)]);
        var (one, zero) = (DeLong.Of(labels, scores), DeLong.Of(labels, [.. scores.Select(score => -score)], positiveClass: 0));
        return Math.Abs(one.Auc - Auc.Of(labels, scores)) < 1e-12 && Math.Abs(one.Variance - zero.Variance) < 1e-12 && one.Variance >= 0;
    }));

    [Fact]
    public void AModelAgainstItselfDiffersNot()
    {
        var same = DeLong.Compare([1, 1, 0, 0, 1], [.9, .3, .5, .1, .6], [.9, .3, .5, .1, .6]);
        Assert.Equal(0, same.Z);
        Assert.Equal(1, same.PValue);
    }

    [Fact]
    public void McNemarByHand()
    {
        // 1 against 5 of 6: two-sided 2 (1 + 6) / 64.
        Assert.Equal(14.0 / 64, new McNemar(10, 1, 5, 2).PValue, 1e-15);
        Assert.Equal(1, new McNemar(10, 0, 0, 2).PValue);
        Assert.Equal(1, new McNemar(10, 3, 3, 2).PValue);
        Assert.Equal(1, new McNemar(10, 3, 4, 2).PValue);
        Assert.Equal(Math.ScaleB(1, -1999), new McNemar(0, 0, 2000, 0).PValue);
    }

    [Fact]
    public void McNemarCounts() => Assert.Equal(new McNemar(1, 1, 1, 1), McNemar.Of([0, 0, 1, 1], [0, 0, 0, 0], [0, 1, 1, 0]));

    [Fact]
    public void McNemarIsSymmetricAndAProbability() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.Choose(0, 300)), Arb.From(Gen.Choose(0, 300)), (a, b) =>
    {
        var p = new McNemar(5, a, b, 5).PValue;
        return p is > 0 and <= 1
            && p == new McNemar(5, b, a, 5).PValue
            && new McNemar(5, a + 1, b, 5).PValue is var next
            && (a < b || next <= p + 1e-12);
    }));

    [Fact]
    public void TwoModelsArePairedByIdWhateverTheirOrder()
    {
        var a = Answers(("x", 1, .9), ("y", 0, .2), ("z", 1, .4), ("w", 0, .1));
        var b = Answers(("w", 0, .6), ("z", 1, .8), ("y", 0, .3), ("x", 1, .7));
        var comparison = PairedComparison.Of("A", a, "B", b);
        Assert.Equal(new McNemar(2, 1, 1, 0), comparison.Errors.Images);
        Assert.Equal(1, comparison.Ranking!.AucA);
        Assert.Equal(1, comparison.Ranking.AucB);
        Assert.Contains("McNemar", comparison.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void DifferentTestSetsAreRefused()
    {
        var a = Answers(("x", 1, .9), ("y", 0, .2));
        var otherImages = Assert.Throws<ArgumentException>(() => PairedComparison.Of("A", a, "B", Answers(("x", 1, .9), ("q", 0, .2))));
        Assert.Contains("1 in both", otherImages.Message, StringComparison.Ordinal);
        var otherLabels = Assert.Throws<ArgumentException>(() => PairedComparison.Of("A", a, "B", Answers(("x", 1, .9), ("y", 1, .2))));
        Assert.Contains("1 of these with another label", otherLabels.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneClassHasErrorsToCompareButNoRanking()
    {
        var comparison = PairedComparison.Of("A", Answers(("x", 1, .9), ("y", 1, .2)), "B", Answers(("x", 1, .9), ("y", 1, .8)));
        Assert.Equal(new McNemar(1, 0, 1, 0), comparison.Errors.Images);
        Assert.Null(comparison.Ranking);
        Assert.Contains("0 negative", comparison.ToPlainText(), StringComparison.Ordinal);
    }

    internal static Predictions Answers(params (string Id, int Label, double Score)[] items) =>
        new(
            ["negative", "positive"],
            [.. items.Select(item => new Prediction(item.Id, null, null, item.Label, [1 - item.Score, item.Score], double.NaN))]);
}
