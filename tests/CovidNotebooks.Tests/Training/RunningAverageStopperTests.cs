using CovidNotebooks.Training;
using Tests.Models;

namespace Tests.Training;

[Trait("Category", "Golden")]
public class RunningAverageStopperTests
{
    public static TheoryData<string> Files => GoldenCase.Files("early_stopping", "doc3_running_average_stopper");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Decides_like_document_3(string file)
    {
        var golden = GoldenCase.Read(file);
        var config = golden.GetProperty("config");
        var rule = new RunningAverageStopper
        {
            Patience = config.GetProperty("patience").GetInt32(),
            NewWeight = config.GetProperty("weight_new").GetDouble(),
            OldWeight = config.GetProperty("weight_old").GetDouble(),
            LearningRateFactor = config.GetProperty("lr_factor_on_code_3").GetDouble(),
        };
        var losses = GoldenCase.Numbers(golden.GetProperty("losses"));
        var accuracies = GoldenCase.Numbers(golden.GetProperty("accuracies"));
        var expected = golden.GetProperty("expected");
        var learningRate = config.GetProperty("initial_lr").GetDouble();
        var state = (RunningAverageState)rule.Start();
        var epochs = 0;
        var saved = new List<long>();
        double? best = null;
        var bestRule = new BestEpochRule(TrainingMetric.ValidationAccuracy, Start: 0);
        foreach (var row in expected.GetProperty("rows").EnumerateArray())
        {
            var record = new EpochRecord(epochs + 1, 1, 0.5, losses[epochs], accuracies[epochs], 0);
            var (code, seen) = rule.Observe(state, losses[epochs], accuracies[epochs]);
            var decision = rule.Decide(state, record);
            Assert.Equal(row.GetProperty("stop_code").GetInt32(), (int)code);
            Assert.Equal(row.GetProperty("running_loss").GetDouble(), seen.RunningLoss!.Value, 1e-15);
            Assert.Equal(row.GetProperty("running_accuracy").GetDouble(), seen.RunningAccuracy!.Value, 1e-15);
            Assert.Equal(row.GetProperty("best_running_loss").GetDouble(), seen.BestLoss, 1e-15);
            Assert.Equal(row.GetProperty("best_running_accuracy").GetDouble(), seen.BestAccuracy, 1e-15);
            Assert.Equal(row.GetProperty("loss_increase_iters").GetInt32(), seen.LossIncreases);
            Assert.Equal(row.GetProperty("accuracy_decrease_iters").GetInt32(), seen.AccuracyDecreases);
            Assert.Equal(row.GetProperty("training_ends").GetBoolean(), decision.Stop == StopReason.LossAndAccuracyWorse);
            Assert.Equal(row.GetProperty("lr_during_epoch").GetDouble(), learningRate, 1e-15);
            learningRate *= decision.LearningRateFactor;
            Assert.Equal(row.GetProperty("lr_after_epoch").GetDouble(), learningRate, 1e-15);
            if (bestRule.IsBetter(accuracies[epochs], best))
            {
                best = accuracies[epochs];
                saved.Add(epochs);
            }

            state = (RunningAverageState)decision.State;
            epochs++;
        }

        Assert.Equal(expected.GetProperty("epochs_run").GetInt32(), epochs);
        Assert.Equal(GoldenCase.Integers(expected.GetProperty("best_model_saved_at")), saved);
    }

    [Fact]
    public void A_state_of_another_rule_is_refused()
    {
        var rule = new RunningAverageStopper();
        var error = Assert.Throws<ArgumentException>(() => rule.Decide(new EarlyStopping().Start(), new EpochRecord(1, 1, 0.5, 1, 0.5, 0)));
        Assert.Contains(nameof(EarlyStoppingState), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0.2, 0.8, 0.1)]
    [InlineData(5, 0, 0.8, 0.1)]
    [InlineData(5, 0.2, 1, 0.1)]
    [InlineData(5, 0.2, 0.8, 0)]
    public void Impossible_settings_are_refused(int patience, double newWeight, double oldWeight, double factor)
    {
        var rule = new RunningAverageStopper
        {
            Patience = patience,
            NewWeight = newWeight,
            OldWeight = oldWeight,
            LearningRateFactor = factor,
        };
        Assert.Throws<ArgumentException>(rule.Validate);
    }
}
