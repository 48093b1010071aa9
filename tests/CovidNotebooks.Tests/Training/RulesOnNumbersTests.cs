using CovidNotebooks.Training;

namespace Tests.Training;

/// <summary>The rules of a training asked about bare numbers, as the notebooks ask them: each expectation is counted by hand.</summary>
public class RulesOnNumbersTests
{
    [Fact]
    public void Updates_of_full_groups_leave_no_image_and_the_short_last_group_counts()
    {
        var rule = new GradientAccumulation(3);
        var (updates, left) = rule.UpdateSizes([8, 8, 8, 8, 5], epochs: 2);
        Assert.Equal([24, 13, 24, 13], updates);
        Assert.Equal(0, left);
    }

    [Fact]
    public void Updates_of_document_3_begin_with_one_batch_and_leave_the_last_images_of_the_last_epoch()
    {
        // Batches 0 and 2 of each epoch end a group: 4 | 4 + 4, then what is left of an epoch waits for the next one's first batch.
        var rule = new GradientAccumulation(2, AccumulationRule.AsDocument3);
        var (updates, left) = rule.UpdateSizes([4, 4, 4, 1], epochs: 3);
        Assert.Equal([4, 8, 5, 8, 5, 8], updates);
        Assert.Equal(1, left);
        Assert.Equal(3 * 13, updates.Sum() + left);
        Assert.Throws<ArgumentException>(() => new GradientAccumulation(0).Validate());
    }

    [Fact]
    public void Early_stopping_says_after_which_epoch_numbers_would_have_ended_it()
    {
        var rule = new EarlyStopping { Monitor = TrainingMetric.ValidationLoss, Patience = 2 };
        Assert.Equal(4, rule.EndsAfter([1, .5, .6, .7, .1]));
        Assert.Null(rule.EndsAfter([1, .5, .6, .4, .5]));
        Assert.Null(rule.EndsAfter([]));
        Assert.Equal(3, (rule with { Mode = MonitorMode.Max }).EndsAfter([1, .5, .6, .7, .1]));
    }

    [Fact]
    public void The_running_average_of_a_history_ends_at_the_first_code_that_ends_it()
    {
        // Weights 1 and 0 make the average the value itself; patience 1 means that the second worse epoch in a row is told.
        var rule = new RunningAverageStopper { Patience = 1, NewWeight = 1, OldWeight = 0 };
        var history = History((.5, .8), (.6, .8), (.7, .9), (.8, .7), (.9, .6), (1, .5));
        RunningAverageCode[] expected =
        [
            RunningAverageCode.Continue,
            RunningAverageCode.Continue, // loss worse once
            RunningAverageCode.LossWorse, // twice: told, and counted anew
            RunningAverageCode.Continue, // both worse once
            RunningAverageCode.LossAndAccuracyWorse, // both twice: the end
        ];
        Assert.Equal(expected, rule.Codes(history));
        Assert.Equal(expected[..2], rule.Codes(History((.5, .8), (.6, .8))));
    }

    private static TrainingHistory History(params (double Loss, double Accuracy)[] epochs) =>
        new([.. epochs.Select((epoch, i) => new EpochRecord(i + 1, 1, .5, epoch.Loss, epoch.Accuracy, 0))], StopReason.None, "");
}
