using CovidNotebooks.Models.Weights;
using CovidNotebooks.Training;
using Tests.Data;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static readonly TrainerOptions[] Trainings =
    [
        new() { Epochs = 5, Seed = 7, Optimizer = new KerasAdam { LearningRate = 3e-3, Decay = 1e-3 } },
        new()
        {
            Epochs = 5,
            Seed = 7,
            Optimizer = new Sgd { LearningRate = 0.01, Momentum = 0.9 },
            // Three batches an epoch: the gradients of two wait in the checkpoint.
            Accumulation = new GradientAccumulation(3, AccumulationRule.AsDocument3),
            Stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, Patience = 2, RestoreBestWeights = true },
            FinalWeights = FinalWeights.Best,
            BestBy = new BestEpochRule(TrainingMetric.Loss),
        },
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Interrupted_and_resumed_gives_the_bits_of_uninterrupted(int training)
    {
        var options = Trainings[training];
        var (whole, wholeWeights) = Train(options, interruptAfter: null);
        var path = NewPath();
        var (interrupted, _) = Train(options with { CheckpointPath = path }, interruptAfter: 2);
        var (resumed, resumedWeights) = Train(options with { CheckpointPath = path, Resume = true }, interruptAfter: null);
        Assert.Equal(wholeWeights, resumedWeights);
        Assert.Equal(2, interrupted.Epochs.Count);
        Assert.Equal(whole.Epochs.Select(Numbers), resumed.Epochs.Select(Numbers));
        Assert.Equal(whole.StopReason, resumed.StopReason);
    }

    [Fact]
    public void A_finished_training_can_be_given_more_epochs()
    {
        var path = NewPath();
        var options = Trainings[0] with { CheckpointPath = path };
        Train(options with { Epochs = 2 }, interruptAfter: null);
        var (more, weights) = Train(options with { Epochs = 5, Resume = true }, interruptAfter: null);
        Assert.Equal(5, more.Epochs.Count);
        Assert.Equal(Train(options with { CheckpointPath = null }, interruptAfter: null).Weights, weights);
    }

    [Fact]
    public void How_memory_is_kept_may_differ_when_a_training_goes_on()
    {
        var options = Trainings[0] with { CheckpointPath = NewPath() };
        Train(options with { Epochs = 1 }, interruptAfter: null);
        var other = new CpuTuning { LargestKeptMegabytes = 64 };
        var (more, _) = Train(options with { Epochs = 2, Resume = true, Cpu = other }, interruptAfter: null);
        Assert.Equal(2, more.Epochs.Count);
    }

    [Theory]
    [InlineData(2, "all 2 epochs were run")]
    [InlineData(1, "the checkpoint holds 2 epochs, more than the 1 that were asked for")]
    public void An_interrupted_training_that_has_its_epochs_is_not_trained_on(int asked, string explanation)
    {
        var path = NewPath();
        var options = Trainings[0] with { CheckpointPath = path };
        var (_, before) = Train(options, interruptAfter: 2);
        var (after, weights) = Train(options with { Epochs = asked, Resume = true }, interruptAfter: null);
        Assert.Equal((2, StopReason.AllEpochsRun, explanation), (after.Epochs.Count, after.StopReason, after.StopExplanation));
        Assert.Equal(before, weights);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused_and_nothing_is_changed()
    {
        var path = NewPath();
        var options = Trainings[0] with { CheckpointPath = path };
        Train(options, interruptAfter: 1);
        using var model = TrainerTests.NewModel();
        var before = TrainerTests.Weights(model);
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        var error = Assert.Throws<WeightsException>(() => Trainer.Fit(model, train, null, options with { Resume = true, Seed = 8 }));
        Assert.Contains("seed was 7, is 8", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TrainerTests.Weights(model));
    }

    [Fact]
    public void A_damaged_checkpoint_and_plain_weights_are_refused()
    {
        var path = NewPath();
        var options = Trainings[0] with { CheckpointPath = path };
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        ModelWeights.Save(model, path);
        var error = Assert.Throws<WeightsException>(() => Trainer.Fit(model, train, null, options with { Resume = true }));
        Assert.Contains("holds weights but no training", error.Message, StringComparison.Ordinal);

        Train(options, interruptAfter: 1);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^5]);
        Assert.Throws<WeightsException>(() => Trainer.Fit(model, train, null, options with { Resume = true }));
    }

    [Fact]
    public void Only_the_checkpoint_is_left_in_its_folder()
    {
        var path = NewPath();
        Train(Trainings[0] with { CheckpointPath = path }, interruptAfter: 2);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    private static (TrainingHistory History, double[] Weights) Train(TrainerOptions options, int? interruptAfter)
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        using var interruption = new CancellationTokenSource();
        var observer = new RecordingObserver(onEpoch: history =>
        {
            if (history.Epochs.Count == interruptAfter)
            {
                interruption.Cancel();
            }
        });
        var history = Trainer.Fit(model, train, null, options, observer, cancellation: interruption.Token);
        return (history, TrainerTests.Weights(model));
    }

    private static (int Epoch, double Loss, double Accuracy, double Rate) Numbers(EpochRecord epoch) =>
        (epoch.Epoch, epoch.Loss, epoch.Accuracy, epoch.LearningRate);

    private string NewPath() => Path.Combine(folder.Path, "checkpoint.safetensors");
}
