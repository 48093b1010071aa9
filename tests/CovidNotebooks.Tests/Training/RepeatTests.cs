using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;

namespace Tests.Training;

public class RepeatTests
{
    [Fact]
    public void Mean_deviation_and_interval_are_those_of_the_table_of_t()
    {
        var results = Repeat.Over([1, 2, 3, 4, 5], seed => new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = seed });
        var accuracy = results["accuracy"];
        Assert.Equal(3, accuracy.Mean);
        Assert.Equal(Math.Sqrt(2.5), accuracy.StandardDeviation, 1e-12);
        Assert.Equal(3 - (2.7764451052 * Math.Sqrt(2.5 / 5)), accuracy.MeanInterval.Low, 1e-8);
        Assert.Equal([1, 2, 3, 4, 5], accuracy.Values);
        Assert.Contains("other patients", results.ToPlainText(), StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => results["recall"]);
    }

    [Fact]
    public void Answers_of_each_seed_are_counted_and_summarised()
    {
        // Four images, two ill. Seed s takes the first s of them for ill: accuracy and the others are counted by hand.
        static Predictions Answers(long seed) => new(
            ["NORMAL", "PNEUMONIA"],
            [
                .. Enumerable.Range(0, 4).Select(i =>
                    new Prediction($"{i}.png", null, null, i == 1 || i == 3 ? 1 : 0, i < seed ? [.1, .9] : [.9, .1], .1)),
            ]);
        var results = Repeat.Over([1, 2, 3], Answers, confidence: .9);
        Assert.Equal([.25, .5, .25], results[MetricNames.Accuracy].Values);
        Assert.Equal([0, .5, .5], results[MetricNames.Sensitivity].Values);
        Assert.Equal([.5, .5, 0], results[MetricNames.Specificity].Values);
        Assert.Equal((.9, 3), (results.Confidence, results.Seeds.Count));
        var kept = results.ToResults();
        Assert.Equal((1.0 / 3, .25, .5), (kept["accuracy.mean"], kept["accuracy.lowest"], kept["accuracy.highest"]));
    }

    [Fact]
    public void Too_few_seeds_and_changing_metrics_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Repeat.Over([1], _ => new Dictionary<string, double>(StringComparer.Ordinal)));
        Assert.Throws<ArgumentException>(() => Repeat.Over([1, 1], _ => new Dictionary<string, double>(StringComparer.Ordinal)));
        Assert.Throws<ArgumentException>(
            () => Repeat.Over([1, 2], seed => new Dictionary<string, double>(StringComparer.Ordinal) { [$"metric {seed}"] = 1 }));
        var undefined = Assert.Throws<ArgumentException>(
            () =>
                Repeat.Over(
                    [1, 2], seed => new Dictionary<string, double>(StringComparer.Ordinal) { ["auc"] = seed == 1 ? .5 : double.NaN }));
        Assert.Contains("seed 2 gave auc = NaN", undefined.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Repeat.Over([1, 2], _ => new Dictionary<string, double>(StringComparer.Ordinal), confidence: 1));
    }
}
