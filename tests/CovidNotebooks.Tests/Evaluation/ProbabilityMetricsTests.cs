using CovidNotebooks.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Evaluation;

/// <summary>Log loss, Brier and calibration.</summary>
public class ProbabilityMetricsTests
{
    [Fact]
    public void ByHand()
    {
        Assert.Equal(-(Math.Log(.8) + Math.Log(.7)) / 2, ProbabilityMetrics.LogLoss([1, 0], [.8, .3]), 1e-15);
        Assert.Equal(((.2 * .2) + (.3 * .3)) / 2, ProbabilityMetrics.Brier([1, 0], [.8, .3]), 1e-15);
    }

    [Fact]
    public void CertainAndWrongIsFinite() =>
        Assert.Equal(-Math.Log(ProbabilityMetrics.LogLossEpsilon), ProbabilityMetrics.LogLoss([1], [0.0]), 1e-12);

    [Fact]
    public void OneClassIsDefined() => Assert.Equal(.01, ProbabilityMetrics.Brier([1, 1], [.9, .9]), 1e-15);

    [Theory]
    [InlineData(-3.5)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    public void ScoresThatAreNoProbabilitiesAreRefused(double score)
    {
        Assert.Contains(
            "image 1",
            Assert.Throws<UndefinedMetricException>(() => ProbabilityMetrics.LogLoss([1, 0], [.5, score])).Message,
            StringComparison.Ordinal);
        Assert.Throws<UndefinedMetricException>(() => ProbabilityMetrics.Brier([1, 0], [.5, score]));
        Assert.Throws<UndefinedMetricException>(() => CalibrationCurve.OfPositiveClass([1, 0], [.5, score]));
    }

    [Fact]
    public void NothingIsRefused()
    {
        Assert.Throws<UndefinedMetricException>(() => ProbabilityMetrics.LogLoss([], []));
        Assert.Throws<UndefinedMetricException>(() => CalibrationCurve.OfTopLabel([], []));
        Assert.Throws<ArgumentException>(() => ProbabilityMetrics.Brier([1], []));
    }

    [Fact]
    public void BrierIsLeastAtThePrevalence() => Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        int[] labels = [.. items.Select(item => item.Label)];
        var prevalence = labels.Average();
        double Constant(double p) => ProbabilityMetrics.Brier(labels, [.. labels.Select(_ => p)]);
        return Constant(prevalence) <= Constant(Math.Min(1, prevalence + .1))
            && Constant(prevalence) <= Constant(Math.Max(0, prevalence - .1))
            && Math.Abs(Constant(prevalence) - (prevalence * (1 - prevalence))) < 1e-12;
    }));

    [Fact]
    public void CalibrationByHandWithEdges()
    {
        // (0, .5] holds 0, .25 and the edge .5; (.5, 1] holds .75 and 1.
        var curve = CalibrationCurve.OfPositiveClass([0, 0, 1, 1, 1], [0, .25, .5, .75, 1], bins: 2);
        Assert.Equal([3, 2], curve.Bins.Select(bin => bin.Count));
        Assert.Equal(.25, curve.Bins[0].MeanScore);
        Assert.Equal(1.0 / 3, curve.Bins[0].Fraction);
        Assert.Equal((.6 * Math.Abs(.25 - (1.0 / 3))) + (.4 * Math.Abs(.875 - 1)), curve.ExpectedCalibrationError, 1e-15);
    }

    [Fact]
    public void EmptyBinsHaveNoMean() =>
        Assert.All(CalibrationCurve.OfPositiveClass([1], [.95]).Bins.SkipLast(1), bin => Assert.Null(bin.MeanScore));

    [Fact]
    public void EveryScoreFallsIntoItsBin()
    {
        var scores = Arb.From(Gen.Choose(0, 1000).Select(i => i / 1000.0));
        Check.QuickThrowOnFailure(Prop.ForAll(scores, Arb.From(Gen.Choose(1, 40)), (score, bins) =>
        {
            var bin = CalibrationCurve.OfPositiveClass([1], [score], bins: bins).Bins.Single(candidate => candidate.Count == 1);
            return score <= bin.High && (score > bin.Low || (score == 0 && bin.Low == 0));
        }));
    }

    [Fact]
    public void CertainAndRightIsCalibrated() =>
        Assert.Equal(0, CalibrationCurve.OfTopLabel([1, 1], [true, true]).ExpectedCalibrationError);
}
