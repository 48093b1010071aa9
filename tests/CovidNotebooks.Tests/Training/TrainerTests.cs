using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Training;
using Tests.Data;
using Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
public class TrainerTests
{
    private static readonly TrainerOptions TwoEpochs = new() { Epochs = 2, Seed = 7, Optimizer = new KerasAdam { LearningRate = 3e-3 } };

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_gives_others()
    {
        var first = TrainedWeights(TwoEpochs);
        Assert.Equal(first, TrainedWeights(TwoEpochs));
        Assert.NotEqual(first, TrainedWeights(TwoEpochs with { Seed = 8 }));
    }

    [Fact]
    public void Learns_what_can_be_learnt_and_reports_as_Keras_does()
    {
        using var model = NewModel();
        using var train = MemorySource.Random(64, 3, 16, 8, seed: 1);
        using var validation = MemorySource.Random(20, 3, 16, 8, seed: 2);
        var observer = new RecordingObserver();
        var history = Trainer.Fit(model, train, validation, TwoEpochs with { Epochs = 12 }, observer);
        Assert.Equal(StopReason.AllEpochsRun, history.StopReason);
        Assert.True(history.Last!.ValidationAccuracy >= 0.9, history.ToPlainText());
        Assert.True(history.Last.Loss < history.Epochs[0].Loss);
        Assert.Equal(Enumerable.Range(1, 12), observer.Epochs);
        Assert.Equal(12 * 8, observer.Batches.Count);
        Assert.Equal(history.Epochs[4].Loss, observer.Batches[(5 * 8) - 1].Loss);
        var (loss, accuracy) = Evaluator.Evaluate(model, validation, Loss.CategoricalCrossEntropy, OutputActivation.Softmax);
        Assert.Equal((history.Last.ValidationLoss!.Value, history.Last.ValidationAccuracy!.Value), (loss, accuracy));
        Assert.Contains("best epoch", history.ToPlainText(), StringComparison.Ordinal);
        Assert.False(model.training);
    }

    [Fact]
    public void The_loss_of_an_epoch_weights_a_short_last_batch_by_its_images()
    {
        using var model = NewModel();
        using var train = MemorySource.Random(11, 3, 16, 4, seed: 3);
        var observer = new RecordingObserver();
        var history = Trainer.Fit(model, train, null, TwoEpochs with { Epochs = 1 }, observer);
        var batches = observer.Batches.Select(progress => progress.BatchLoss).ToArray();
        Assert.Equal(((4 * batches[0]) + (4 * batches[1]) + (3 * batches[2])) / 11, history.Last!.Loss, 1e-12);
    }

    [Fact]
    public void The_validation_loss_is_the_mean_over_images_or_over_batches_as_asked()
    {
        using var model = NewModel();
        using var validation = MemorySource.Random(11, 3, 16, 4, seed: 3);
        double[] batches = [.. validation.Epoch(0).Select(batch =>
        {
            using (batch)
            using (NewDisposeScope())
            {
                model.eval();
                return LossFunctions.Mean(Loss.CategoricalCrossEntropy, model.call(batch.Images), batch.Labels).item<float>();
            }
        })];
        double Of(LossMean mean) =>
            Evaluator.Evaluate(model, validation, Loss.CategoricalCrossEntropy, OutputActivation.Softmax, mean: mean).Loss;
        Assert.Equal(((4 * batches[0]) + (4 * batches[1]) + (3 * batches[2])) / 11, Of(LossMean.PerImage), 1e-6);
        Assert.Equal(batches.Average(), Of(LossMean.PerBatch), 1e-6);
        Assert.NotEqual(Of(LossMean.PerImage), Of(LossMean.PerBatch));

        using var train = MemorySource.Random(8, 3, 16, 4, seed: 3);
        var history = Trainer.Fit(model, train, validation, TwoEpochs with { Epochs = 1, ValidationLossMean = LossMean.PerBatch });
        Assert.Equal(Of(LossMean.PerBatch), history.Last!.ValidationLoss);
    }

    [Fact]
    public void Validation_steps_look_at_that_many_batches()
    {
        using var model = NewModel();
        using var train = MemorySource.Random(8, 3, 16, 4, seed: 3);
        using var validation = MemorySource.Random(20, 3, 16, 4, seed: 4);
        Trainer.Fit(model, train, validation, TwoEpochs with { ValidationSteps = 2 });
        Assert.Equal(2 * 2, validation.Handed);
    }

    [Fact]
    public void The_live_tensor_count_after_epoch_2_equals_epoch_1()
    {
        using var model = NewModel();
        using var train = MemorySource.Random(24, 3, 16, 8, seed: 1);
        using var validation = MemorySource.Random(16, 3, 16, 8, seed: 2);
        var counts = new List<long>();
        Trainer.Fit(
            model, train, validation, TwoEpochs with { Epochs = 4 }, new RecordingObserver(
                onEpoch: _ => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)));
        Assert.Equal(counts[0], counts[1]);
        Assert.Equal(counts[0], counts[3]);
    }

    [Fact]
    public void A_short_last_group_counts_each_of_its_images_as_much_as_a_full_one()
    {
        // 11 images in batches of 4: groups of two batches hold 8 and 3 images, as batches of 8 do.
        var options = TwoEpochs with { Optimizer = new Sgd { LearningRate = 0.05, Momentum = 0.9 } };
        var grouped = Trained(options with { Accumulation = new GradientAccumulation(2) }, batchSize: 4);
        GoldenTensors.AssertClose(Trained(options, batchSize: 8), grouped, 1e-6, "weight");
        Assert.NotEqual(Trained(options, batchSize: 4)[0], grouped[0], 1e-6);

        static double[] Trained(TrainerOptions options, int batchSize)
        {
            using var model = new TinyCnn();
            KerasInitializers.Apply(model, seed: 5);
            using var train = MemorySource.Random(11, 3, 16, batchSize, seed: 1);
            Trainer.Fit(model, train, null, options);
            return Weights(model);
        }
    }

    [Fact]
    public void Cancelling_ends_training_with_a_reason()
    {
        using var cancellation = new CancellationTokenSource();
        using var model = NewModel();
        using var train = MemorySource.Random(16, 3, 16, 4, seed: 1);
        var observer = new RecordingObserver(onBatch: progress =>
        {
            if (progress is { Epoch: 2, Batch: 3 })
            {
                cancellation.Cancel();
            }
        });
        var history = Trainer.Fit(model, train, null, TwoEpochs, observer, cancellation: cancellation.Token);
        Assert.Equal(StopReason.Cancelled, history.StopReason);
        Assert.Single(history.Epochs);
    }

    [Fact]
    public void Early_stopping_takes_back_the_weights_of_its_best_epoch()
    {
        using var model = NewModel();
        using var train = MemorySource.Random(16, 3, 16, 8, seed: 1);
        var weights = new List<double[]>();
        var stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, MinDelta = 100, Patience = 2, RestoreBestWeights = true };
        var history = Trainer.Fit(
            model,
            train,
            null,
            TwoEpochs with { Epochs = 9, Stopping = stopping },
            new RecordingObserver(onEpoch: _ => weights.Add(Weights(model))));
        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(3, history.Epochs.Count);
        Assert.Equal(weights[0], Weights(model));
        Assert.NotEqual(weights[2], Weights(model));
    }

    [Fact]
    public void The_best_epochs_weights_are_a_copy_and_are_put_back()
    {
        using var model = NewModel();
        using var train = MemorySource.Random(16, 3, 16, 8, seed: 1);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "best.safetensors");
        var weights = new List<double[]>();
        var history = Trainer.Fit(
            model,
            train,
            null,
            TwoEpochs with
            {
                Epochs = 4,
                BestBy = new BestEpochRule(TrainingMetric.Loss, MonitorMode.Max),
                FinalWeights = FinalWeights.Best,
                BestWeightsPath = path,
            },
            new RecordingObserver(onEpoch: _ => weights.Add(Weights(model))));
        Assert.Equal(weights[history.BestEpoch - 1], Weights(model));
        Assert.NotEqual(weights[^1], Weights(model));
        using var other = new TinyCnn(dropout: 0.5);
        ModelWeights.Load(other, path);
        Assert.Equal(Weights(model), Weights(other));
    }

    [Fact]
    public void The_running_average_stopper_lowers_the_learning_rate()
    {
        using var model = NewModel();
        using var train = MemorySource.Random(16, 3, 16, 8, seed: 1);
        using var validation = MemorySource.Random(16, 3, 16, 8, seed: 1);
        var options = TwoEpochs with
        {
            Epochs = 4,
            Optimizer = new Sgd { LearningRate = 0.01, Momentum = 0.9 },
            Stopping = new AlwaysLossWorse(),
        };
        var history = Trainer.Fit(model, train, validation, options);
        Assert.Equal([1e-2, 1e-3, 1e-4, 1e-5], history.Epochs.Select(epoch => Math.Round(epoch.LearningRate, 12)));
    }

    [Fact]
    public void A_model_that_does_not_fit_the_loss_is_refused_with_what_to_do()
    {
        using var model = new TinyCnn(outputs: 1);
        using var train = MemorySource.Random(8, 3, 16, 4, seed: 1);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, train, null, TwoEpochs));
        Assert.Contains("(4, 1)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Trainer.Fit(model, train, null, TwoEpochs with { Epochs = 0 }));
        Assert.Throws<ArgumentException>(() => Trainer.Fit(model, train, null, TwoEpochs with { Resume = true }));
    }

    internal static TinyCnn NewModel()
    {
        var model = new TinyCnn(dropout: 0.5);
        KerasInitializers.Apply(model, seed: 5);
        return model;
    }

    internal static double[] Weights(nn.Module model) => [.. ModelState.Of(model).SelectMany(pair => GoldenTensors.Values(pair.Tensor))];

    private static double[] TrainedWeights(TrainerOptions options)
    {
        using var model = NewModel();
        using var train = MemorySource.Random(24, 3, 16, 8, seed: 1);
        Trainer.Fit(model, train, null, options);
        return Weights(model);
    }

    private sealed record AlwaysLossWorse : StoppingRule
    {
        public override StoppingState Start() => new RunningAverageStopper().Start();

        public override StoppingDecision Decide(StoppingState state, EpochRecord epoch) => new(state, StopReason.None, false, 0.1, "worse");

        public override void Validate()
        {
        }
    }
}
