using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Models;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using Tests.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
public sealed class FrozenValidationTests : IDisposable
{
    private const int Side = 128;
    private static readonly LoaderOptions Plain = new() { Width = Side, Height = Side, BatchSize = 5 };

    private readonly TemporaryFolder folder = new();
    private readonly ImageDataset images;

    public FrozenValidationTests() => images = Phantoms.Create(
        folder.Path, new PhantomOptions { Seed = 1, TrainPerClass = 6, TestPerClass = 2, Size = Side })["train"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, ReducedPrecision.Bfloat16)]
    public void A_training_measures_what_it_measures_without(bool shuffled, ReducedPrecision? precision)
    {
        var options = new TrainerOptions
        {
            Epochs = 3,
            Seed = 7,
            Optimizer = new KerasAdam { LearningRate = 0.01 },
            Precision = precision,
            ValidationSteps = 3,
        };
        using var train = new ImageLoader(images, Plain with { Shuffle = true, Seed = 2 });
        using var validation = new ImageLoader(images, Plain with { Shuffle = shuffled, Seed = 3 });
        using var kept = Network();
        using var whole = Network();

        var ours = Trainer.Fit(kept, train, validation, options);
        var expected = Trainer.Fit(whole, train, new Opaque(validation), options);

        Assert.Equal(3, ours.Epochs.Count);
        Assert.All(ours.Epochs.Zip(expected.Epochs), pair =>
        {
            Assert.Equal(pair.Second.ValidationLoss!.Value, pair.First.ValidationLoss!.Value, 1e-5);
            Assert.Equal(pair.Second.ValidationAccuracy, pair.First.ValidationAccuracy);
            Assert.Equal(pair.Second.Loss, pair.First.Loss);
        });
        Assert.NotEqual(ours.Epochs[0].ValidationLoss, ours.Epochs[2].ValidationLoss);
    }

    [Fact]
    public void Each_image_goes_through_the_trunk_once_and_comes_in_the_order_of_its_epoch()
    {
        using var scope = NewDisposeScope();
        using var loader = new ImageLoader(images, Plain with { Shuffle = true, Seed = 3 });
        using var network = Network();
        using var noGradients = no_grad();
        network.train();
        using var maps = FrozenValidation.Of(network, loader, CPU, null)!;
        foreach (var epoch in new[] { 0, 1, 4 })
        {
            var expected = loader.Epoch(epoch).ToList();
            var batches = maps.Epoch(epoch).ToList();
            Assert.Equal(expected.Count, batches.Count);
            Assert.All(expected.Zip(batches), pair =>
            {
                Assert.Equal(pair.First.Indices, pair.Second.Indices);
                Assert.Equal(pair.First.Labels.data<long>().ToArray(), pair.Second.Labels.data<long>().ToArray());
                Assert.True(network.Trunk.call(pair.First.Images).allclose(pair.Second.Images, rtol: 1e-4, atol: 1e-6));
            });
            Assert.Equal(images.Count, maps.Computed);
            expected.Concat(batches).ToList().ForEach(batch => batch.Dispose());
        }

        Assert.All(network.modules(), layer => Assert.True(layer.training));
    }

    [Theory]
    [InlineData("changed at random")]
    [InlineData("cut at random")]
    [InlineData("drawn in balance")]
    [InlineData("another source")]
    [InlineData("a trunk that is trained")]
    [InlineData("a hook")]
    [InlineData("a network without a trunk")]
    public void Images_or_networks_that_may_change_are_computed_anew(string what)
    {
        using var network = Network();
        using var small = new SmallCnn(2, 1);
        using var loader = new ImageLoader(images, what switch
        {
            "changed at random" => Plain with { Augmentation = new KerasAugmentation { RotationRange = 5 } },
            "cut at random" => Plain with { RandomCrop = new RandomResizedCrop() },
            "drawn in balance" => Plain with { Shuffle = true, Sampling = Sampling.Balanced },
            _ => Plain,
        });
        if (what == "a trunk that is trained")
        {
            Freezing.UnfreezeFrom(network, "features.28");
        }
        else if (what == "a hook")
        {
            network.modules().OfType<Dropout>().Single().register_forward_hook((_, _, output) => output);
        }

        Assert.Null(FrozenValidation.Of(
            what == "a network without a trunk" ? small : network, what == "another source" ? new Opaque(loader) : loader, CPU, null));
        Assert.Null(FrozenValidation.Of(network, null, CPU, null));
    }

    [Fact]
    public void A_trunk_that_was_trained_for_a_while_is_never_trusted_again()
    {
        using var network = Network();
        using var loader = new ImageLoader(images, Plain);
        using var maps = FrozenValidation.Of(network, loader, CPU, null)!;
        Assert.True(maps.Holds());
        Freezing.UnfreezeFrom(network, "features.28");
        Assert.False(maps.Holds());
        Freezing.Freeze(network.Trunk);
        Assert.False(maps.Holds());
    }

    [Fact]
    public void A_hook_that_comes_later_is_heard()
    {
        using var network = Network();
        using var loader = new ImageLoader(images, Plain);
        using var maps = FrozenValidation.Of(network, loader, CPU, null)!;
        Assert.True(maps.Holds());
        network.register_forward_hook((_, _, output) => output);
        Assert.False(maps.Holds());
    }

    private static CovidXrayVgg16 Network() => new(1, new CovidXrayVgg16Options { ImageSize = Side, Pooling = Vgg16Pooling.WholeMap });

    /// <summary>The batches of a loader without its type.</summary>
    private sealed class Opaque(ImageLoader loader) : IBatchSource
    {
        public ImageDataset Dataset => loader.Dataset;

        public int BatchSize => loader.BatchSize;

        public int BatchesPerEpoch => loader.BatchesPerEpoch;

        public IReadOnlyDictionary<string, object?> ToSettings() => ((IRecordedSettings)loader).ToSettings();

        public IEnumerable<Batch> Epoch(int epoch) => loader.Epoch(epoch);
    }
}
