using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Models;
using CovidNotebooks.Training;
using Tests.Data;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
public sealed class FeatureBankTests : IDisposable
{
    private static readonly LoaderOptions Loader = new()
    {
        Width = 16,
        Height = 16,
        BatchSize = 5,
        Shuffle = true,
        Seed = 3,
        StepsPerEpoch = 4,
        Augmentation = new KerasAugmentation { RotationRange = 15 },
    };

    private readonly TemporaryFolder folder = new();
    private readonly ImageDataset images;

    public FeatureBankTests() =>
        images = Phantoms.Create(folder.Path, new PhantomOptions { Seed = 1, TrainPerClass = 11, TestPerClass = 4, Size = 32 })["train"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_head_on_the_bank_becomes_what_the_whole_frozen_network_becomes()
    {
        var options = new TrainerOptions { Epochs = 4, Seed = 7, Optimizer = new KerasAdam { LearningRate = 0.02 } };
        using var whole = new Network();
        using var banked = new Network();
        using var loader = new ImageLoader(images, Loader);
        var expected = Trainer.Fit(whole, loader, loader, options);

        List<(int Done, int Of)> told = [];
        using var bank = FeatureBank.Compute(
            banked.Trunk, images, Loader with { Workers = 0 }, draws: 4, progress: (done, of) => told.Add((done, of)));
        var source = bank.Source(images, Loader);
        var found = Trainer.Fit(banked.Head, source, source, options);

        Assert.Equal((22, 4), (images.Count, source.BatchesPerEpoch));
        Assert.Equal([4, 8, 8], bank.FeatureShape);
        Assert.Equal((4 * 22 * 4 * 8 * 8 * 4, 4), (bank.Bytes, bank.Draws));
        Assert.Equal((20, (5, 88), (88, 88)), (told.Count, told[0], told[^1]));
        for (var epoch = 0; epoch < 4; epoch++)
        {
            Assert.Equal(expected.Epochs[epoch].Loss, found.Epochs[epoch].Loss, 1e-5);
            Assert.Equal(expected.Epochs[epoch].ValidationLoss!.Value, found.Epochs[epoch].ValidationLoss!.Value, 1e-5);
            Assert.Equal(expected.Epochs[epoch].Accuracy, found.Epochs[epoch].Accuracy);
        }

        foreach (var (name, tensor) in ModelState.Of(whole))
        {
            GoldenTensors.AssertClose(
                GoldenTensors.Values(tensor),
                GoldenTensors.Values(ModelState.Of(banked).Single(pair => pair.Name == name).Tensor),
                1e-4,
                name);
        }

        Assert.NotEqual(found.Epochs[0].Loss, found.Epochs[^1].Loss);
    }

    [Fact]
    public void A_source_gives_any_part_of_the_bank_and_goes_round_its_draws()
    {
        using var network = new Network();
        using var bank = FeatureBank.Compute(network.Trunk, images, Loader, draws: 2);
        var part = images.Subset([20, 3, 7], "part").Select(image => image with { Label = 1 - image.Label });
        var source = bank.Source(part, Loader with { Shuffle = false, StepsPerEpoch = null, BatchSize = 2 });
        var epochs = Enumerable.Range(0, 3).Select(epoch => Read(source, epoch)).ToArray();
        Assert.Equal([2, 1], source.Epoch(0).Select(batch => batch.Count));
        Assert.Equal(epochs[0], epochs[2]);
        Assert.NotEqual(epochs[0], epochs[1]);

        using var loader = new ImageLoader(images, Loader with { Shuffle = false, StepsPerEpoch = null, BatchSize = 22 });
        using var batch = loader.Epoch(0).Single();
        using var scope = NewDisposeScope();
        network.eval();
        var all = network.Trunk.call(batch.Images);
        GoldenTensors.AssertClose(
            GoldenTensors.Values(all[3]), [.. epochs[0].Skip(256).Take(256).Select(value => (double)value)], 1e-5, "map of image 3");

        using var first = source.Epoch(0).First();
        Assert.Equal([1L - images.Images[20].Label, 1L - images.Images[3].Label], first.Labels.data<long>().ToArray());
        Assert.Equal([0, 1], first.Indices);
        var predictions = Predictor.Predict(network.Head, source, OutputActivation.Softmax);
        Assert.Equal(part.Images.Select(image => image.Path), predictions.Items.Select(item => item.Id));
    }

    [Fact]
    public void A_bank_says_what_it_cannot_hold_and_leaves_no_tensors_behind()
    {
        using var network = new Network();
        network.train();
        Use();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Use();
        Use();
        Assert.InRange(Tensor.TotalCount, 0, before);
        Assert.True(network.Trunk.training);
        Assert.Throws<ArgumentException>(() => FeatureBank.Compute(network.Trunk, images, Loader with { BadImages = BadImagePolicy.Skip }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureBank.Compute(network.Trunk, images, Loader, draws: 0));

        void Use()
        {
            using var bank = FeatureBank.Compute(network.Trunk, images.Subset([0, 1], "two"), Loader, draws: 2);
            Assert.Contains(
                "is not in the feature bank",
                Assert.Throws<DataException>(() => bank.Source(images, Loader)).Message,
                StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => bank.Source(bank.Dataset, Loader with { Sampling = Sampling.Balanced }));
            Assert.Throws<DataException>(() => bank.Source(bank.Dataset.Where(_ => false), Loader));
            Assert.Throws<OperationCanceledException>(
                () => FeatureBank.Compute(network.Trunk, images, Loader, cancellation: new CancellationToken(canceled: true)));
            Assert.Equal(2, Predictor.Predict(network.Head, bank.Source(bank.Dataset, Loader), OutputActivation.Softmax).Count);
        }
    }

    [Fact]
    public void A_bank_is_read_back_until_something_that_decides_it_changes()
    {
        using var network = new Network();
        var kept = Path.Combine(folder.Path, "banks");
        var computed = 0;
        float[] Maps(LoaderOptions loader, ImageDataset of, int draws = 2)
        {
            using var bank = FeatureBank.ReadOrCompute(
                kept, network.Trunk, of, loader, draws, progress: (done, all) => computed += done == all ? 1 : 0);
            return
            [
                .. Enumerable.Range(0, draws)
                .SelectMany(draw => Read(bank.Source(of, Loader with { Shuffle = false, StepsPerEpoch = null }), draw)),
            ];
        }

        var first = Maps(Loader, images);
        Assert.Equal(first, Maps(Loader with { BatchSize = 7, Workers = 0, Shuffle = false, StepsPerEpoch = null }, images));
        Assert.Equal((1, 1), (computed, Directory.GetFiles(kept).Length));
        Assert.NotEqual(first, Maps(Loader with { Seed = 4 }, images));
        Maps(Loader, images.Subset([0, 1], "two"));
        Maps(Loader, images, draws: 3);
        Assert.Equal(4, computed);
        KerasInitializers.Apply(network.Trunk, seed: 6);
        Assert.NotEqual(first, Maps(Loader, images));
        Assert.Equal(5, computed);
        using var other = FeatureBank.Compute(network.Trunk, images, Loader);
        Assert.Equal(other.Key, other.Source(images, Loader).ToSettings()["feature_bank"]);
    }

    private static float[] Read(FeatureSource source, int epoch)
    {
        var values = new List<float>();
        foreach (var batch in source.Epoch(epoch))
        {
            using (batch)
            {
                values.AddRange(batch.Images.data<float>().ToArray());
            }
        }

        return [.. values];
    }

    /// <summary>A frozen convolution with batch normalisation, and a head with dropout.</summary>
    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        public Network()
            : base(nameof(Network))
        {
            Trunk = nn.Sequential(nn.Conv2d(3, 4, 3, padding: 1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2));
            Head = nn.Sequential(nn.Flatten(), nn.Linear(256, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 2));
            RegisterComponents();
            KerasInitializers.Apply(this, seed: 5);
            Freezing.Freeze(Trunk);
        }

        public nn.Module<Tensor, Tensor> Trunk { get; }

        public nn.Module<Tensor, Tensor> Head { get; }

        public override Tensor forward(Tensor input) => Head.call(Trunk.call(input));
    }
}
