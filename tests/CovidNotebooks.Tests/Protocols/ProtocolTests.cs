using System.Globalization;
using System.Text.RegularExpressions;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;
using CovidNotebooks.Training;

namespace Tests.Protocols;

/// <summary>What holds for every document, and the numbers of the first four.</summary>
public partial class ProtocolTests
{
    private static readonly Protocol[] All = [new Document1(), new Document2(), new Document3(), new Document4(), new Document5()];

    public static TheoryData<int> Numbers => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void EverySettingAndNumberStandsOnAPlaceInTheDocument(int number)
    {
        var protocol = All[number - 1];
        Assert.Equal(number, protocol.Number);
        Assert.All(protocol.Settings, setting => Assert.False(string.IsNullOrWhiteSpace(setting.Source.Words), setting.Name));
        Assert.All(protocol.Settings, setting => Assert.False(setting.IsChanged, setting.Name));
        Assert.All(protocol.Published, published => Assert.False(string.IsNullOrWhiteSpace(published.Source.Words), published.Name));
        Assert.All(
            protocol.Published, published => Assert.True(published.Metric is not null || published.Doubt is not null, published.Name));
        Assert.NotEmpty(protocol.Defects);
        Assert.Contains("faults are known", protocol.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("<table", protocol.ToHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void PhrasesOfTheDocumentsLanguageHaveAnEnglishGloss(int number)
    {
        var sources = All[number - 1].Settings.Select(setting => setting.Source)
            .Concat(All[number - 1].Published.Select(published => published.Source)).Append(All[number - 1].Title);
        Assert.All(sources, source => Assert.True(source.English is not null || source.Words.All(char.IsAscii), source.Words));
    }

    [Fact]
    public void Document1AgreesWithItsMatrix() => AgreesWith(new Document1(), new Document1().Matrices[0]);

    [Fact]
    public void Document2AgreesWithTheForcedMatrixAndNotWithThePrintedOne()
    {
        var protocol = new Document2();
        AgreesWith(protocol, protocol.Matrices[1]);
        var printed = BinaryMetrics.Of(protocol.Matrices[0].Matrix);
        Assert.Equal(.4662, printed.Accuracy.Value, .00005);
        Assert.Equal(.4626, printed.F1, .00005);
        Assert.Equal(.7671, BinaryMetrics.Of(protocol.Matrices[1].Matrix).F1, .00005);
        Assert.All(protocol.Matrices, matrix => Assert.Equal((69, 79), (matrix.Matrix.RowTotal(0), matrix.Matrix.RowTotal(1))));
    }

    [Fact]
    public void Document4sOwnValuesStopAfterEpoch14NotAfter13()
    {
        var protocol = new Document4();
        var stopping = (EarlyStopping)protocol.Stopping!;
        var state = stopping.Start();
        List<int> stopped = [];
        for (var epoch = 1; epoch <= protocol.ValidationAccuracies.Count; epoch++)
        {
            var decision = stopping.Decide((EarlyStoppingState)state, epoch, protocol.ValidationAccuracies[epoch - 1]);
            state = decision.State;
            if (decision.Stop != StopReason.None)
            {
                stopped.Add(epoch);
            }
        }

        Assert.Equal([14], stopped);
        Assert.Equal(9, ((EarlyStoppingState)state).BestEpoch);
        Assert.Equal(.9004, protocol.ValidationAccuracies.Max(), .00005);
    }

    [Fact]
    public void Document4AgreesWithItsMatrixAndItsAucIsTheBalancedAccuracy()
    {
        var protocol = new Document4();
        AgreesWith(protocol, protocol.Matrices[0]);
        Assert.Equal(.9027, BinaryMetrics.Of(protocol.Matrices[0].Matrix).BalancedAccuracy, .00005);
    }

    [Fact]
    public void StoppingRulesAreTheDocuments()
    {
        Assert.Equal(new EarlyStopping { Patience = 7, RestoreBestWeights = true, Mode = MonitorMode.Min }, new Document2().Stopping);
        Assert.Equal(
            new RunningAverageStopper { Patience = 5, NewWeight = .2, OldWeight = .8, LearningRateFactor = .1 }, new Document3().Stopping);
        Assert.Equal(
            new EarlyStopping { Monitor = TrainingMetric.ValidationAccuracy, MinDelta = .01, Patience = 5 }, new Document4().Stopping);
        Assert.All(All, protocol => protocol.TrainerOptions(seed: 1).Validate());
    }

    [Fact]
    public void LoadersAreValid()
    {
        new Document1().TrainingLoader(1, 40).Validate();
        Assert.Equal(5, new Document1().TrainingLoader(1, 40).StepsPerEpoch);
        new Document2().TrainingLoader(1, 598).Validate();
        Assert.Equal(
            (9, 2), (new Document2().TrainingLoader(1, 598).StepsPerEpoch, new Document2().ValidationLoader(1, 148).StepsPerEpoch));
        Assert.Null(Document2.Base.TrainingLoader(1, 598).Augmentation);
        Assert.NotNull(new Document2().ValidationLoader(1, 148).Augmentation);
        Assert.Equal(
            (12, true), (new Document5().ValidationLoader(1, 624).StepsPerEpoch, new Document5().ValidationLoader(1, 624).Shuffle));
        Assert.True(new Document1().EvaluationLoader().ApplyExifOrientation);
        new Document3().EvaluationLoader().Validate();
        var training = new Document3().TrainingLoader(1);
        training.Validate();
        Assert.Equal(
            (256, 224, (.5, 1.0), .5, true),
            (
                training.ShorterSide,
                training.Width,
                training.RandomCrop!.Scale,
                training.RandomCrop.HorizontalFlipProbability,
                training.Shuffle));
        Assert.Equal((null, null), (new Document3().EvaluationLoader().ShorterSide, new Document3().EvaluationLoader().RandomCrop));
        new Document4().TrainingLoader(1).Validate();
        Assert.Equal(1, new Document4().EvaluationLoader().Rescale);
        Assert.Equal((16, null), (new Document4().ValidationLoader(1).StepsPerEpoch, new Document4().ValidationLoader(1).Augmentation));
    }

    [Fact]
    public void SettingsTablesShowFractionsAndRangesShort()
    {
        var text = new Document2().SettingsTable().ToPlainText();
        Assert.Matches(@"(?m)^train\.rescale +1/255 \(0\.00392\) +1/255 \(0\.00392\) ", text);
        Assert.Matches(@"(?m)^train\.augmentation\.zoom_range +\[0\.95, 1\.05\] +\[0\.95, 1\.05\] ", text);
        Assert.Equal(1 / 255.0, new Document2().ToSettings()["train.rescale"]);
    }

    [Fact]
    public void EveryIntervalInTheFaultsIsWilsons()
    {
        var texts = All.SelectMany(
            protocol =>
                protocol.Defects.Select(defect => defect.Text).Concat(protocol.Published.Select(number => number.Doubt ?? string.Empty)));
        var found = texts.SelectMany(text => SharesWithInterval().Matches(text)).ToArray();
        Assert.True(found.Length >= 10, $"{found.Length} intervals were found");
        Assert.All(found, match =>
        {
            var interval = Wilson.Interval(
                int.Parse(match.Groups["k"].Value, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture));
            Assert.Equal(double.Parse(match.Groups["low"].Value, CultureInfo.InvariantCulture), interval.Low, .00051);
            Assert.Equal(double.Parse(match.Groups["high"].Value, CultureInfo.InvariantCulture), interval.High, .00051);
        });
    }

    /// <summary>For example <c>163/234 = .697 [.635, .752]</c> or <c>5 of 5; 95 % interval [.566, 1]</c>.</summary>
    [GeneratedRegex(@"(?<k>\d+)(?:/| of )(?<n>\d+)(?: = \.\d+)?;?(?: 95 % interval)? \[(?<low>[\d.]+), (?<high>[\d.]+)\]")]
    private static partial Regex SharesWithInterval();

    /// <summary>Every number that is said to be a metric is that metric of the matrix, to the decimals that were printed.</summary>
    private static void AgreesWith(Protocol protocol, PublishedMatrix published)
    {
        var metrics = BinaryMetrics.Of(published.Matrix, protocol.PositiveClass);
        foreach (var number in protocol.Published.Where(number => number.Metric is not null))
        {
            var value = number.Metric switch
            {
                MetricNames.Accuracy => metrics.Accuracy.Value,
                MetricNames.Sensitivity => metrics.Sensitivity.Value,
                MetricNames.Specificity => metrics.Specificity.Value,
                MetricNames.Precision => metrics.Precision.Value,
                MetricNames.NegativePredictiveValue => metrics.NegativePredictiveValue.Value,
                MetricNames.F1 => metrics.F1,
                MetricNames.BalancedAccuracy => metrics.BalancedAccuracy,
                _ => throw new InvalidOperationException($"No metric of a matrix: {number.Metric}"),
            };
            // Keras cuts or rounds its float32; one unit of the last printed decimal is granted.
            Assert.True(
                Math.Abs(value - number.Value) < Math.Pow(10, -number.Decimals),
                $"{number.Name}: printed {number.Value}, the matrix gives {value}");
        }
    }
}
