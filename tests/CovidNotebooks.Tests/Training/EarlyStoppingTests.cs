using System.Text.Json;
using CovidNotebooks.Training;
using Tests.Models;

namespace Tests.Training;

[Trait("Category", "Golden")]
public class EarlyStoppingTests
{
    public static TheoryData<string> KerasFiles => GoldenCase.Files("early_stopping", "keras_early_stopping");

    [SkippableTheory]
    [MemberData(nameof(KerasFiles))]
    public void Decides_like_Keras(string file)
    {
        var golden = GoldenCase.Read(file);
        var config = golden.GetProperty("config");
        var mode = Enum.Parse<MonitorMode>(config.GetProperty("mode").GetString()!, ignoreCase: true);
        var rule = new EarlyStopping
        {
            Mode = mode,
            MinDelta = config.GetProperty("min_delta").GetDouble(),
            Patience = config.GetProperty("patience").GetInt32(),
            Baseline = config.GetProperty("baseline").ValueKind == JsonValueKind.Null ? null : config.GetProperty("baseline").GetDouble(),
            RestoreBestWeights = config.GetProperty("restore_best_weights").GetBoolean(),
        };
        var values = GoldenCase.Numbers(golden.GetProperty("values"));
        var expected = golden.GetProperty("expected");
        var state = (EarlyStoppingState)rule.Start();
        int? stoppedEpoch = null;
        var epochs = 0;
        foreach (var row in expected.GetProperty("rows").EnumerateArray())
        {
            var decision = rule.Decide(state, epochs + 1, values[epochs]);
            state = (EarlyStoppingState)decision.State;
            Assert.Equal(row.GetProperty("improved").GetBoolean(), decision.Improved);
            Assert.Equal(
                GoldenCase.Number(row.GetProperty("best")),
                state.Best ?? (rule.LargerIsBetter ? double.NegativeInfinity : double.PositiveInfinity));
            Assert.Equal(row.GetProperty("wait").GetInt32(), state.Wait);
            Assert.Equal(row.GetProperty("stop").GetBoolean(), decision.Stop == StopReason.NoImprovement);
            if (decision.Stop != StopReason.None)
            {
                stoppedEpoch = epochs;
            }

            epochs++;
        }

        Assert.Equal(GoldenCase.OptionalInteger(expected.GetProperty("stopped_epoch")), stoppedEpoch);
        Assert.Equal(expected.GetProperty("epochs_run").GetInt32(), epochs);
        Assert.Equal(GoldenCase.OptionalInteger(expected.GetProperty("best_epoch")), state.BestEpoch - 1);
        var kept = rule.RestoreBestWeights && stoppedEpoch is not null && state.BestEpoch is { } best ? best - 1 : epochs - 1;
        Assert.Equal(expected.GetProperty("weights_of_epoch_after_training").GetInt32(), kept);
        Assert.Equal(
            GoldenCase.Integers(golden.GetProperty("model_checkpoint_save_best_only_saves_at")),
            SavesAt(new BestEpochRule(TrainingMetric.Loss, mode), values[..epochs]));
    }

    [Fact]
    public void Later_Kerass_first_epochs_are_not_looked_at()
    {
        var rule = new EarlyStopping { Monitor = TrainingMetric.Loss, StartFromEpoch = 2, Patience = 1 };
        var state = (EarlyStoppingState)rule.Start();
        var decisions = new List<StoppingDecision>();
        foreach (var (value, epoch) in new[] { (0.1, 1), (0.9, 2), (0.8, 3), (0.85, 4) })
        {
            decisions.Add(rule.Decide(state, epoch, value));
            state = (EarlyStoppingState)decisions[^1].State;
        }

        Assert.Equal([false, false, true, false], decisions.Select(decision => decision.Improved));
        Assert.Equal(StopReason.NoImprovement, decisions[3].Stop);
        Assert.Equal(new EarlyStoppingState(0.8, 3, 1), state);
    }

    [Fact]
    public void A_baseline_that_is_never_beaten_ends_training()
    {
        var rule = new EarlyStopping { Monitor = TrainingMetric.ValidationAccuracy, Baseline = 0.9, Patience = 2 };
        var first = rule.Decide(rule.Start(), Epoch(1, accuracy: 0.8));
        var second = rule.Decide(first.State, Epoch(2, accuracy: 0.85));
        Assert.Equal(StopReason.None, first.Stop);
        Assert.Equal(StopReason.NoImprovement, second.Stop);
        Assert.Null(((EarlyStoppingState)second.State).BestEpoch);
    }

    [Fact]
    public void The_state_survives_JSON()
    {
        StoppingState[] states =
        [
            new EarlyStoppingState(0.1 + 0.2, 3, 1),
            new EarlyStoppingState(null, null, 0),
            new RunningAverageState(1 / 3.0, 2 / 3.0, 1e7, 0, 4, 5),
        ];
        foreach (var state in states)
        {
            Assert.Equal(state, JsonSerializer.Deserialize<StoppingState>(JsonSerializer.Serialize(state)));
        }
    }

    [Fact]
    public void A_validation_number_without_validation_images_is_an_error_that_says_what_to_do()
    {
        var rule = new EarlyStopping();
        var error = Assert.Throws<InvalidOperationException>(() => rule.Decide(rule.Start(), new EpochRecord(1, 1, 0.5, null, null, 0)));
        Assert.Contains("validation source", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, -1)]
    public void Impossible_settings_are_refused(double minDelta, int patience, int startFromEpoch) =>
        Assert.Throws<ArgumentException>(
            () => new EarlyStopping { MinDelta = minDelta, Patience = patience, StartFromEpoch = startFromEpoch }.Validate());

    private static EpochRecord Epoch(int epoch, double accuracy) => new(epoch, 1, 0.5, 1, accuracy, 0);

    private static IEnumerable<long> SavesAt(BestEpochRule rule, double[] values)
    {
        double? best = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (rule.IsBetter(values[i], best))
            {
                best = values[i];
                yield return i;
            }
        }
    }
}
