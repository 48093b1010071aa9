using CovidNotebooks.Training;
using Tests.Data;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>
/// What a training remembers from before an interruption: the stopping rule's state, the learning rate that it lowered, the weights of a
/// best epoch.
/// </summary>
[Collection(SharedGenerator.Name)]
public class CheckpointStateTests
{
    private static readonly TrainerOptions Options = new()
    {
        Epochs = 7,
        Seed = 7,
        Optimizer = new Sgd { LearningRate = 0.05, Momentum = 0.9 },
    };

    [Fact]
    public void Early_stopping_counts_on_after_an_interruption_and_takes_back_the_weights_from_before_it()
    {
        // Epoch 1 beats infinity, no later one is better by 100: epochs 2, 3, 4 and 5 are the four without improvement.
        var options = Options with
        {
            Epochs = 9,
            Stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, MinDelta = 100, Patience = 4, RestoreBestWeights = true },
        };
        var (whole, resumed) = Twice(options, interruptAfter: 2);
        Assert.Equal((5, StopReason.NoImprovement), (resumed.History.Epochs.Count, resumed.History.StopReason));
        Assert.Equal(whole.History.StopExplanation, resumed.History.StopExplanation);
        Assert.Equal(whole.AfterEpoch[0], resumed.Final);
        Assert.Equal(whole.Final, resumed.Final);
        Assert.NotEqual(whole.AfterEpoch[1], resumed.Final);
    }

    [Fact]
    public void A_learning_rate_that_was_lowered_stays_lowered_and_the_counter_goes_on()
    {
        // The running loss rises from epoch 2 on and the accuracy stays 0, a tie: the counter is 1, 2 (code 3, back to 0), 1 | 2 (code 3),
        // 1, 2 in the epochs 2 to 4 | 5 to 7.
        var options = Options with { Stopping = new RunningAverageStopper { Patience = 1 } };
        var (whole, resumed) = Twice(options, interruptAfter: 4);
        Assert.All(whole.History.Epochs, epoch => Assert.Equal(0, epoch.ValidationAccuracy));
        Assert.All(
            whole.History.Epochs.Zip(whole.History.Epochs.Skip(1)),
            pair => Assert.True(pair.First.ValidationLoss < pair.Second.ValidationLoss));
        Assert.Equal([.05, .05, .05, .005, .005, .0005, .0005], resumed.History.Epochs.Select(epoch => Math.Round(epoch.LearningRate, 12)));
        Assert.Equal(
            whole.History.Epochs.Select(epoch => (epoch.Loss, epoch.LearningRate)),
            resumed.History.Epochs.Select(epoch => (epoch.Loss, epoch.LearningRate)));
        Assert.Equal(whole.Final, resumed.Final);
    }

    [Fact]
    public void The_best_weights_from_before_an_interruption_are_the_final_ones()
    {
        var options = Options with
        {
            Epochs = 5,
            FinalWeights = FinalWeights.Best,
            BestBy = new BestEpochRule(TrainingMetric.ValidationLoss),
        };
        var (whole, resumed) = Twice(options, interruptAfter: 2);
        Assert.Equal((1, 5), (resumed.History.BestEpoch, resumed.History.Epochs.Count));
        Assert.Equal(whole.AfterEpoch[0], resumed.Final);
        Assert.Equal(whole.Final, resumed.Final);
        Assert.NotEqual(whole.AfterEpoch[^1], resumed.Final);
    }

    /// <summary>The training in one go, and the same one interrupted and resumed.</summary>
    private static (Training Whole, Training Resumed) Twice(TrainerOptions options, int interruptAfter)
    {
        using var folder = new TemporaryFolder();
        var checkpointed = options with { CheckpointPath = Path.Combine(folder.Path, "checkpoint.safetensors") };
        var whole = Train(options, interruptAfter: null);
        Assert.Equal(interruptAfter, Train(checkpointed, interruptAfter).History.Epochs.Count);
        return (whole, Train(checkpointed with { Resume = true }, interruptAfter: null));
    }

    /// <summary>
    /// Learns that every image is pneumonia; the images to validate with are all normal, so from the first epoch on none is right and the
    /// loss rises.
    /// </summary>
    private static Training Train(TrainerOptions options, int? interruptAfter)
    {
        using var model = TrainerTests.NewModel();
        using var generator = new Generator(1);
        using var train = new MemorySource(rand(22, 3, 16, 16, generator: generator), [.. Enumerable.Repeat(1, 22)], 8);
        using var validation = new MemorySource(rand(6, 3, 16, 16, generator: generator), [.. Enumerable.Repeat(0, 6)], 8);
        using var interruption = new CancellationTokenSource();
        var weights = new List<double[]>();
        var observer = new RecordingObserver(onEpoch: history =>
        {
            weights.Add(TrainerTests.Weights(model));
            if (history.Epochs.Count == interruptAfter)
            {
                interruption.Cancel();
            }
        });
        var history = Trainer.Fit(model, train, validation, options, observer, cancellation: interruption.Token);
        return new Training(history, weights, TrainerTests.Weights(model));
    }

    private sealed record Training(TrainingHistory History, IReadOnlyList<double[]> AfterEpoch, double[] Final);
}
