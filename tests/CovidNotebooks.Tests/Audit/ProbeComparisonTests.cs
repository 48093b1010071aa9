using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;

namespace Tests.Audit;

public sealed class ProbeComparisonTests : IDisposable
{
    private readonly MadeImages images = new();
    private readonly ProbeReport probe;

    public ProbeComparisonTests()
    {
        // 12 of 20 test images have the width of their class: the probe is right for these and wrong for the other 8.
        ImageDataset Sized(string name, int count, Func<int, int> width) => images.Make(name, count, width, _ => 100, "ill", "well");
        var test = Sized("honest", 6, label => 12 + (label * 8));
        var turned = Sized("turned", 4, label => 20 - (label * 8));
        probe = ShortcutProbe.Header(
            Sized("train", 8, label => 12 + (label * 8)),
            new ImageDataset("test", test.Root, test.ClassNames, [.. test.Images, .. turned.Images]));
    }

    public void Dispose() => images.Dispose();

    [Fact]
    public void The_probe_is_as_made() => Assert.Equal(new Proportion(12, 20), probe.Accuracy);

    [Theory]
    [InlineData(0, 0, ProbeVerdict.ModelIsBetter)] // 8 images only the model has: p = 2 / 2⁸ = .0078.
    [InlineData(0, 3, ProbeVerdict.NoDifferenceShown)] // 5 of 5: p = 2 / 2⁵ = .0625.
    [InlineData(12, 0, ProbeVerdict.NoDifferenceShown)] // 12 of 20 against 8: p = .5034.
    [InlineData(12, 8, ProbeVerdict.ProbeIsBetter)] // 12 of 12: p = 2 / 2¹².
    public void The_verdict_is_that_of_McNemars_test(int wrongWhereProbeIsRight, int wrongWhereProbeIsWrong, ProbeVerdict expected)
    {
        int rightSeen = 0, wrongSeen = 0;
        var model = Model(item => item.IsCorrect ? rightSeen++ >= wrongWhereProbeIsRight : wrongSeen++ >= wrongWhereProbeIsWrong);
        var comparison = ProbeComparison.Of(model, probe, "our network");
        Assert.Equal(expected, comparison.Verdict);
        Assert.Equal(20 - wrongWhereProbeIsRight - wrongWhereProbeIsWrong, comparison.ModelAccuracy.Successes);
        Assert.Equal(
            (8 - wrongWhereProbeIsWrong, 12 - wrongWhereProbeIsRight),
            (comparison.Paired.Errors.OnlyARight, comparison.Paired.Errors.BothRight));
        Assert.Contains(comparison.Meaning, comparison.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("our network", comparison.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_better_ranking_is_said_apart_and_other_images_are_refused()
    {
        Assert.Contains(
            "By AUC the model ranks better", ProbeComparison.Of(Model(_ => true), probe).ToPlainText(), StringComparison.Ordinal);
        var fewer = new Predictions(probe.Predictions.ClassNames, [.. probe.Predictions.Items.Skip(1)]);
        Assert.Contains(
            "different test sets",
            Assert.Throws<ArgumentException>(() => ProbeComparison.Of(fewer, probe)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProbeComparison.Of(probe.Predictions, probe, significance: 0));
        Assert.Equal(ProbeVerdict.NoDifferenceShown, ProbeComparison.Of(probe.Predictions, probe).Verdict);
    }

    private Predictions Model(Func<Prediction, bool> right) => new(
        probe.Predictions.ClassNames,
        [
            .. probe.Predictions.Items.Select(
                item => right(item) == (item.Label == 1) ? item with { Scores = [0.1, 0.9] } : item with { Scores = [0.9, 0.1] }),
        ]);
}
