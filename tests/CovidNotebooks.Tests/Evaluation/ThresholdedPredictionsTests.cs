using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class ThresholdedPredictionsTests
{
    private static readonly Predictions Scored = new(
        ["NORMAL", "PNEUMONIA"],
        [
            .. new (int Label, double Score)[] { (0, .2), (0, .6), (1, .6), (1, .9) }.Select(
                (image, at) => new Prediction($"{at}.png", null, null, image.Label, [1 - image.Score, image.Score], .1)),
        ]);

    [Fact]
    public void A_threshold_changes_the_answers_and_what_is_counted_but_not_the_scores()
    {
        var strict = Scored.AtThreshold(.7);

        Assert.Equal([0, 1, 1, 1], Scored.PredictedLabels);
        Assert.Equal([0, 0, 0, 1], strict.PredictedLabels);
        Assert.Equal(Scored.PositiveScores, strict.PositiveScores);
        Assert.Equal("2.png", Assert.Single(strict.Misclassified).Id);
        Assert.Equal(.5, EvaluationReport.Of(strict)[MetricNames.Sensitivity].Value);
        Assert.Equal(EvaluationReport.Of(Scored)[MetricNames.RocAuc].Value, EvaluationReport.Of(strict)[MetricNames.RocAuc].Value);
    }

    [Fact]
    public void A_score_at_the_threshold_is_positive() => Assert.Equal([0, 1, 1, 1], Scored.AtThreshold(.6).PredictedLabels);

    [Fact]
    public void The_same_images_at_another_threshold_can_be_compared_pairwise() =>
        Assert.Equal(4, PairedComparison.Of("a", Scored, "b", Scored.AtThreshold(.7)).Count);

    [Fact]
    public void Three_classes_have_no_single_threshold() =>
        Assert.Contains(
            "3",
            Assert.Throws<InvalidOperationException>(() => new Predictions(["a", "b", "c"], []).AtThreshold(.5)).Message,
            StringComparison.Ordinal);
}
