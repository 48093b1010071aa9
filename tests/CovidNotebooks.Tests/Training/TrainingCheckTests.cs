using CovidNotebooks.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Training;

/// <summary>What cannot work is refused before the first step, and what a model keeps is said.</summary>
[Collection(SharedGenerator.Name)]
public class TrainingCheckTests
{
    private static readonly TrainerOptions OneEpoch = new() { Epochs = 1, Seed = 1, Optimizer = new Sgd { LearningRate = .1 } };

    [Theory]
    [InlineData(3, 1, Loss.BinaryCrossEntropy)]
    [InlineData(3, 5, Loss.CategoricalCrossEntropy)]
    [InlineData(3, 2, Loss.CategoricalCrossEntropy)]
    [InlineData(2, 3, Loss.CategoricalCrossEntropy)]
    public void A_model_with_other_outputs_than_classes_is_refused_before_its_weights_move(int classes, int outputs, Loss loss)
    {
        using var model = new TinyCnn(batchNorm: true, outputs: outputs);
        using var source = Source(6, classes, 3);
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone(), StringComparer.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, source, null, OneEpoch with { Loss = loss }));
        Assert.Contains($"{outputs} outputs", error.Message, StringComparison.Ordinal);
        Assert.All(model.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>()));
    }

    [Fact]
    public void A_resumed_training_is_held_against_its_classes_too()
    {
        using var folder = new Tests.Data.TemporaryFolder();
        using var model = new TinyCnn(outputs: 2);
        using var two = Source(6, 2, 3);
        using var three = Source(6, 3, 3);
        var options = OneEpoch with
        {
            Loss = Loss.CategoricalCrossEntropy,
            CheckpointPath = Path.Combine(folder.Path, "checkpoint.safetensors"),
        };
        Assert.Single(Trainer.Fit(model, two, null, options).Epochs);
        var error = Assert.Throws<ArgumentException>(
            () => Trainer.Fit(model, three, null, options with { Epochs = 2, Resume = true }));
        Assert.Contains("2 outputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_watches_a_validation_that_there_is_not_is_refused()
    {
        using var model = new TinyCnn();
        using var source = Source(6, 2, 3);
        foreach (var options in new[]
        {
            OneEpoch with { Stopping = new EarlyStopping { Monitor = TrainingMetric.ValidationAccuracy } },
            OneEpoch with { BestBy = new BestEpochRule(TrainingMetric.ValidationLoss), FinalWeights = FinalWeights.Best },
            OneEpoch with { Stopping = new RunningAverageStopper() },
        })
        {
            Assert.Contains("no validation images", Assert.Throws<ArgumentException>(() =>
                Trainer.Fit(model, source, null, options)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, source.Handed);
        Trainer.Fit(model, source, null, OneEpoch with { Stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, Patience = 1 } });
    }

    [Fact]
    public void A_last_batch_of_one_image_and_no_batch_at_all_are_refused()
    {
        using var source = Source(7, 2, 3);
        using var normalised = Sequential(("flat", Flatten()), ("norm", BatchNorm1d(768)), ("answer", Linear(768, 2)));
        Assert.Contains("one image (7 images in batches of 3)",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(normalised, source, null, OneEpoch)).Message, StringComparison.Ordinal);
        Assert.InRange(source.Handed, 0, 1); // At most one image was looked at.
        using var model = new TinyCnn(batchNorm: true);
        Assert.Single(Trainer.Fit(model, source, null, OneEpoch).Epochs); // Over the positions of one image there is a variance.
        using var images = zeros(4, 3, 16, 16);
        using var none = new MemorySource(images, [0, 1, 0, 1], 2, batches: 0);
        Assert.Contains("gives no batch for training",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(model, none, null, OneEpoch)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, true)] // 16 pixels become a map of 1 × 1.
    [InlineData(8, false)] // They become 2 × 2: of one image there are four values a channel.
    public void Normalised_maps_of_one_position_are_refused_where_the_last_batch_has_one_image(int kernel, bool refused)
    {
        using var source = Source(7, 2, 3);
        using var model = Sequential(("conv", Conv2d(3, 4, kernel, stride: kernel)), ("norm", BatchNorm2d(4)), ("flat", Flatten()),
            ("answer", Linear(refused ? 4 : 16, 2)));
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone(), StringComparer.Ordinal);
        if (!refused)
        {
            Assert.Single(Trainer.Fit(model, source, null, OneEpoch).Epochs);
            return;
        }

        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, source, null, OneEpoch));
        Assert.Contains("one image (7 images in batches of 3), and 'norm' normalises over (1, 4, 1, 1)", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("Set DropLast", error.Message, StringComparison.Ordinal);
        Assert.All(model.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>()));
        Assert.True(model.training);
        using var even = Source(6, 2, 3);
        Assert.Single(Trainer.Fit(model, even, null, OneEpoch).Epochs);
    }

    [Fact]
    public void A_normalisation_that_is_frozen_or_sees_sequences_may_end_with_one_image()
    {
        using var source = Source(7, 2, 3);
        using var sequences = Sequential(("flat", Flatten(start_dim: 2)), ("norm", BatchNorm1d(3)), ("all", Flatten()),
            ("answer", Linear(768, 2)));
        Assert.Single(Trainer.Fit(sequences, source, null, OneEpoch).Epochs);
        using var frozen = Sequential(("flat", Flatten()), ("norm", BatchNorm1d(768)), ("answer", Linear(768, 2)));
        foreach (var (_, parameter) in frozen.named_parameters().Where(pair => pair.name.StartsWith("norm", StringComparison.Ordinal)))
        {
            parameter.requires_grad = false;
        }

        Assert.Single(Trainer.Fit(frozen, source, null, OneEpoch).Epochs);
    }

    [Theory]
    [InlineData("(3)", Loss.BinaryCrossEntropy)] // an output without its axis
    [InlineData("(3, 2, 1)", Loss.CategoricalCrossEntropy)] // an answer a position
    [InlineData("(6, 1)", Loss.BinaryCrossEntropy)] // two rows an image
    [InlineData("(3, 1)", Loss.CategoricalCrossEntropy)]
    [InlineData("(3, 2)", Loss.BinaryCrossEntropy)]
    public void Outputs_of_another_shape_are_refused_with_the_shape_that_was_found(string shape, Loss loss)
    {
        long[] sizes = [.. shape.Trim('(', ')').Split(", ").Select(long.Parse)];
        using var model = Sequential(("flat", Flatten()), ("answer", Linear(768, sizes.Aggregate(1L, (one, two) => one * two) / 3)),
            ("shape", new Reshape(sizes)));
        using var source = Source(6, 2, 3);
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone(), StringComparer.Ordinal);
        Assert.Contains($"The model gave {shape} for 3 images",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(model, source, null, OneEpoch with { Loss = loss })).Message,
            StringComparison.Ordinal);
        Assert.All(model.state_dict(), pair => Assert.True(pair.Value.equal(before[pair.Key]).all().item<bool>()));
    }

    [Fact]
    public void Predictions_never_leave_images_out_in_silence()
    {
        // Case 04: 11 images, batches of 4, two of three batches.
        using var model = new TinyCnn();
        using var source = Source(11, 2, 4);
        using var images = zeros(11, 3, 16, 16);
        using var cut = new MemorySource(images, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1], 4, batches: 2);
        var error = Assert.Throws<InvalidOperationException>(() => Predictor.Predict(model, cut, OutputActivation.Softmax));
        Assert.Contains("left out 3 of the 11 images", error.Message, StringComparison.Ordinal);
        Assert.Contains("image-0008.png", error.Message, StringComparison.Ordinal);
        Assert.Equal(11, Predictor.Predict(model, source, OutputActivation.Softmax).Count);
    }

    [Fact]
    public void Weights_that_the_rule_would_have_restored_but_did_not_are_told()
    {
        // Case 12: patience is not reached, so the last weights stay, as in TensorFlow 2.1 to 2.5.
        using var model = new TinyCnn();
        using var train = MemorySource.Random(16, 3, 16, 8, seed: 1);
        using var validation = MemorySource.Random(16, 3, 16, 8, seed: 2);
        var history = Trainer.Fit(model, train, validation, new TrainerOptions
        {
            Epochs = 4,
            Optimizer = new Sgd { LearningRate = 3 },
            Stopping = new EarlyStopping { Patience = 10, RestoreBestWeights = true },
            Seed = 1,
        });
        var best = history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        var told = $"the weights are those of epoch {history.Epochs.Count}: epoch {best} was better by the rule and was not restored";
        Assert.Equal(best < history.Epochs.Count, history.StopExplanation.Contains(told, StringComparison.Ordinal));
        Assert.True(best < history.Epochs.Count, history.ToPlainText());
    }

    private sealed class Reshape(long[] sizes) : Module<Tensor, Tensor>(nameof(Reshape))
    {
        public override Tensor forward(Tensor input) => input.reshape(sizes);
    }

    private static MemorySource Source(int count, int classes, int batchSize)
    {
        using var generator = new Generator(3);
        return new MemorySource(rand(count, 3, 16, 16, generator: generator), [.. Enumerable.Range(0, count).Select(i => i % classes)],
            batchSize);
    }
}
