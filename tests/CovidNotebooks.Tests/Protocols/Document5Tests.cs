using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;

namespace Tests.Protocols;

public class Document5Tests
{
    [Fact]
    public void TheSettingsAreThoseOfTheDocument()
    {
        var protocol = new Document5();
        Assert.Equal((150, 50, 20, 1e-4), (protocol.ImageSize, protocol.BatchSize, protocol.Epochs, protocol.LearningRate));
        Assert.All(protocol.Settings, setting => Assert.False(setting.IsChanged, setting.Name));
        Assert.Equal(protocol.Settings.Count, protocol.Settings.Select(setting => setting.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void AShortenedExperimentSaysSo()
    {
        var shortened = new Document5 { Epochs = 1 };
        Assert.Equal("trainer.epochs", Assert.Single(shortened.Settings, setting => setting.IsChanged).Name);
        Assert.Equal(1, shortened.ToSettings()["trainer.epochs"]);
        Assert.Equal(1, shortened.TrainerOptions(seed: 1).Epochs);
    }

    [Fact]
    public void LoadersAreBuiltFromIt()
    {
        var protocol = new Document5();
        var training = protocol.TrainingLoader(seed: 3, images: 5216);
        training.Validate();
        Assert.Equal((104, true, 3L), (training.StepsPerEpoch!.Value, training.Shuffle, training.Seed));
        Assert.Same(protocol.Augmentation, training.Augmentation);
        var evaluation = protocol.EvaluationLoader();
        Assert.Null(evaluation.Augmentation);
        Assert.False(evaluation.Shuffle);
        Assert.Equal(Interpolation.PilNearest, evaluation.Interpolation);
    }

    [Fact]
    public void TheForcedMatrixFitsEveryNumberThatThePrintedOneContradicts()
    {
        var protocol = new Document5();
        Assert.Equal(594, protocol.Matrices[0].Matrix.Total);
        var forced = protocol.Matrices[1].Matrix;
        Assert.Equal(624, forced.Total);
        var metrics = BinaryMetrics.Of(forced);
        foreach (var number in protocol.Published.Where(number => number.Metric is not null))
        {
            var value = number.Metric switch
            {
                MetricNames.Accuracy => metrics.Accuracy.Value,
                MetricNames.Sensitivity => metrics.Sensitivity.Value,
                _ => metrics.Precision.Value,
            };
            Assert.Equal(number.Value, value, .0085);
        }
    }

    [Fact]
    public void PublishedNumbersStandBesideOurs()
    {
        var protocol = new Document5();
        var report = EvaluationReport.Of(AnswersLike(protocol.Matrices[1].Matrix), new EvaluationOptions { Resamples = 100 });
        var comparison = protocol.Compare(report);
        Assert.Equal(ComparisonVerdict.Inside, comparison.Results[0].Verdict);
        Assert.Contains(
            comparison.Results,
            result =>
                result.Verdict == ComparisonVerdict.NotComparable && result.VerdictText.Contains("misprinted", StringComparison.Ordinal));
        Assert.Contains("“Accuracy = 0.81”", protocol.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("faults are known", protocol.ToHtml(), StringComparison.Ordinal);
    }

    private static Predictions AnswersLike(ConfusionMatrix matrix)
    {
        var items = new List<Prediction>();
        for (var truth = 0; truth < 2; truth++)
        {
            for (var predicted = 0; predicted < 2; predicted++)
            {
                for (var i = 0; i < matrix[truth, predicted]; i++)
                {
                    items.Add(
                        new Prediction($"{truth}/{predicted}-{i}", null, null, truth, predicted == 1 ? [.2, .8] : [.8, .2], double.NaN));
                }
            }
        }

        return new Predictions(matrix.ClassNames, items);
    }
}
