using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class PredictionsTests
{
    [Fact]
    public void TheFirstOfEqualScoresIsPredicted()
    {
        Assert.Equal(0, new Prediction("a", null, null, 1, [.5, .5], 0).PredictedLabel);
        Assert.Equal(1, new Prediction("a", null, null, 1, [.2, .4, .4], 0).PredictedLabel);
    }

    [Fact]
    public void ColumnsFollowTheItems()
    {
        var predictions = PairedTests.Answers(("a", 1, .9), ("b", 0, .6));
        Assert.Equal([1, 0], predictions.Labels);
        Assert.Equal([.9, .6], predictions.PositiveScores);
        Assert.Equal([1, 1], predictions.PredictedLabels);
        Assert.Equal(1, predictions.Confusion.Correct);
    }

    [Fact]
    public void ImpossibleAnswersNameTheImage()
    {
        Assert.Contains("'a'", Refusal(new Prediction("a", null, null, 2, [.5, .5], 0)), StringComparison.Ordinal);
        Assert.Contains("3 scores for 2 classes", Refusal(new Prediction("a", null, null, 0, [.5, .5, 0], 0)), StringComparison.Ordinal);
        Assert.Contains("not a number", Refusal(new Prediction("a", null, null, 0, [.5, double.NaN], 0)), StringComparison.Ordinal);
        Assert.Contains(
            "occurs twice",
            Refusal(new Prediction("a", null, null, 0, [.5, .5], 0), new Prediction("a", null, null, 0, [.5, .5], 0)),
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Predictions(["a", "b"], [], 2));
        Assert.Throws<ArgumentException>(() => new Predictions(["a"], [], 0));
    }

    [Fact]
    public void TheHashIsOfIdsAndLabelsOnly()
    {
        var hash = PairedTests.Answers(("a", 1, .9), ("b", 0, .6)).TestSetHash;
        Assert.Equal(hash, PairedTests.Answers(("b", 0, .1), ("a", 1, .2)).TestSetHash);
        Assert.NotEqual(hash, PairedTests.Answers(("a", 1, .9), ("b", 1, .6)).TestSetHash);
        Assert.NotEqual(hash, PairedTests.Answers(("a", 1, .9), ("c", 0, .6)).TestSetHash);
        Assert.Equal(64, hash.Length);
    }

    [Fact]
    public void TheWorstMistakesComeFirst()
    {
        var withLoss = new Predictions(
            ["n", "p"],
            [
                new("small", null, null, 0, [.4, .6], .5),
                new("right", null, null, 1, [.1, .9], 9),
                new("large", null, null, 1, [.9, .1], 2.3),
            ]);
        Assert.Equal(["large", "small"], withLoss.Misclassified.Select(item => item.Id));
        Assert.Equal(["d", "c"], PairedTests.Answers(("c", 0, .6), ("d", 0, .9), ("e", 1, .9)).Misclassified.Select(item => item.Id));
    }

    [Fact]
    public void HistogramsCountEveryImageOnce()
    {
        var predictions = new Predictions(
            ["n", "p"],
            [
                new("a", null, "x", 0, [1, 0], 0),
                new("b", null, null, 1, [0, 1], 0),
                new("c", null, "x", 1, [.45, .55], 0),
                new("d", null, "x", 1, [.75, .25], 0),
            ]);
        var byClass = ScoreDistribution.ByClass(predictions, bins: 2);
        Assert.Equal([0, .5, 1], byClass.Edges);
        Assert.Equal(["n", "p"], byClass.Series.Select(series => series.Name));
        Assert.Equal([1, 2], byClass.Series[1].Counts);
        var bySource = ScoreDistribution.BySource(predictions, bins: 2);
        Assert.Equal([ScoreDistribution.UnknownSource, "x"], bySource.Series.Select(series => series.Name));
        Assert.Equal([2, 1], bySource.Series[1].Counts);
        Assert.Equal(1, ScoreDistribution.OfMisclassified(predictions).Series.Sum(series => series.Total));
        Assert.Throws<UndefinedMetricException>(() => ScoreDistribution.ByClass(new Predictions(["n", "p"], [])));
    }

    [Fact]
    public void HistogramsOfLogitsSpanThem()
    {
        var edges = ScoreDistribution.ByClass(
            new Predictions(["n", "p"], [new("a", null, null, 0, [0, -3], 0), new("b", null, null, 1, [0, 5], 0)]), bins: 4).Edges;
        Assert.Equal([-3, -1, 1, 3, 5], edges);
    }

    [Fact]
    public void TheyShowTheirCountsAClass()
    {
        var predictions = PairedTests.Answers(("a", 1, .9), ("b", 0, .6), ("c", 0, .1));
        Assert.Equal(
            "Predictions on 3 images, positive class positive\nclass     images  predicted  right\n--------  ------  ---------  "
                + "-----\nnegative       2          1      1\npositive       1          2      1\n",
            predictions.ToPlainText());
        Assert.Contains("<td", predictions.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportsTableHasTheRowsOfItsText()
    {
        var both = ClassificationReport.Of(PairedTests.Answers(("a", 1, .9), ("b", 0, .6), ("c", 0, .1))).ToHtml();
        Assert.Contains("accuracy", both, StringComparison.Ordinal);
        var micro = ClassificationReport.Of([1, 1], [1, 1], ["n", "p"], [0, 1]).ToHtml();
        Assert.Contains("micro avg", micro, StringComparison.Ordinal);
        Assert.Contains("weighted avg", micro, StringComparison.Ordinal);
    }

    private static string Refusal(params Prediction[] items) =>
        Assert.Throws<ArgumentException>(() => new Predictions(["n", "p"], items)).Message;
}
