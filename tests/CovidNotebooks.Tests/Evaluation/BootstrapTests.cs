using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class BootstrapTests
{
    [Fact]
    public void TheSameSeedGivesTheSameInterval()
    {
        var predictions = Answers(40, imagesPerPatient: 1);
        var one = ClusterBootstrap.Of(predictions, Accuracy, seed: 7);
        Assert.Equal(one, ClusterBootstrap.Of(predictions, Accuracy, seed: 7));
        Assert.NotEqual(
            one.Interval, ClusterBootstrap.Of(predictions, sample => Auc.Of(sample.Labels, sample.PositiveScores), seed: 8).Interval);
        Assert.Equal(2000, one.Resamples);
    }

    [Fact]
    public void StandardErrorOfAShareIsTheBinomialOne()
    {
        var predictions = Answers(100, imagesPerPatient: 1);
        var result = ClusterBootstrap.Of(predictions, Accuracy, seed: 1, resamples: 4000);
        Assert.Equal(.75, result.Estimate);
        Assert.Equal(Math.Sqrt(.75 * .25 / 100), result.StandardError, .003);
        Assert.True(result.Interval.Contains(.75));
    }

    [Fact]
    public void CopiesOfAnImageUnderOnePatientAddNoCertainty()
    {
        var alone = ClusterBootstrap.Of(Answers(60, imagesPerPatient: 1), Accuracy, seed: 3, resamples: 4000);
        var copied = ClusterBootstrap.Of(Answers(60, imagesPerPatient: 9), Accuracy, seed: 3, resamples: 4000);
        Assert.Equal(alone.StandardError, copied.StandardError, 1e-12);
    }

    [Fact]
    public void ResamplesWithoutAValueAreCountedAndTooManyAreAnError()
    {
        var rare = PairedTests.Answers([.. Enumerable.Range(0, 20).Select(i => ($"i{i}", i == 0 ? 1 : 0, i / 20.0))]);
        var result = ClusterBootstrap.Of(rare, sample => Auc.Of(sample.Labels, sample.PositiveScores), seed: 1);
        Assert.Equal(2000, result.Resamples + result.Undefined);
        Assert.Equal(Math.Pow(19 / 20.0, 20), result.Undefined / 2000.0, .04);
        var error = Assert.Throws<UndefinedMetricException>(() => ClusterBootstrap.Of(rare, OnlyWithThreePositives, seed: 1));
        Assert.Contains("of 2000 resamples", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewResamplesAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterBootstrap.Of(Answers(4, 1), Accuracy, 1, resamples: 99));

    internal static Predictions Answers(int patients, int imagesPerPatient) => new(
        ["negative", "positive"],
        [.. from patient in Enumerable.Range(0, patients)
            from image in Enumerable.Range(0, imagesPerPatient)
            let right = patient % 4 != 0
            select new Prediction(
                $"{patient}-{image}", $"p{patient}", null, patient % 2, right == (patient % 2 == 1) ? [.3, .7] : [.7, .3], double.NaN)]);

    private static double Accuracy(BootstrapSample sample) => sample.Correct.Average(right => right ? 1.0 : 0.0);

    /// <summary>Defined on the images themselves only when a resample is larger in positives; asks for three where one is there.</summary>
    private static double OnlyWithThreePositives(BootstrapSample sample)
    {
        var positives = sample.Labels.Count(label => label == 1);
        return positives == 1 && sample.Labels[0] == 1 || positives >= 3 ? 1
            : throw new UndefinedMetricException("test", "fewer than three positives.");
    }
}
