using System.Globalization;
using System.Text.Json.Nodes;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Protocols;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using Tests.Data;
using Tests.Shared;
using TorchSharp;
using TorchSharp.Modules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
public class ReducedPrecisionTests(ITestOutputHelper output)
{
    // Half of the distance between 1 and its neighbour above: eight bits, the first of which is not stored.
    private const double Rounding = 1.0 / 256;

    private static readonly Dictionary<string, (int Channels, int Side, Func<nn.Module<Tensor, Tensor>> Network)> Networks = new(
        StringComparer.Ordinal)
    {
        ["document 1"] = (3, 128, () => new CovidXrayVgg16(seed: 1, new CovidXrayVgg16Options { ImageSize = 128 })),
        ["document 2, large"] = (1, 62, () => new CovidCtCnn(seed: 1, CovidCtCnnOptions.Large with { ImageSize = 62 })),
        ["document 2, final"] = (1, 64, () => new CovidCtCnn(seed: 1, CovidCtCnnOptions.Final with { ImageSize = 64 })),
        ["document 2, without hidden layers"] = (1, 64, () => new CovidCtCnn(seed: 1, NoHiddenLayers)),
        ["document 3, VGG19-BN"] = (3, 64, () => Vgg.Vgg19BatchNorm(classes: 2, seed: 1)),
        ["a trunk with blocks of two"] = (3, 64, () => new TrunkClassifier("blocks", new ResNet18(seed: 1), ResNet18.Features, 2, seed: 1)),
        ["document 4"] = (3, 64, () => new CovidXrayResNet50(seed: 1, imageSize: 64)),
        ["document 5"] = (3, 64, () => new PneumoniaCnn(seed: 1, new PneumoniaCnnOptions { ImageSize = 64 })),
    };

    private static CovidCtCnnOptions NoHiddenLayers => CovidCtCnnOptions.Final with { ImageSize = 64, Dense = [] };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Fact]
    public void A_convolution_of_rounded_images_is_exact_but_for_the_rounding_of_weights_and_answer()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var convolution = nn.Conv2d(5, 7, 3, stride: 2, padding: 1);
        var images = randn(2, 5, 11, 9).to(bfloat16);
        var answer = FollowingConvolution.Run(convolution, images);
        Tensor Exactly(Tensor value) => value.to(bfloat16).to(float64);
        var exact = nn.functional.conv2d(
            Exactly(images), Exactly(convolution.weight!), Exactly(convolution.bias!), strides: [2, 2], padding: [1, 1]);
        Assert.Equal(ScalarType.BFloat16, answer.dtype);
        Assert.InRange(((answer.to(float64) - exact).abs() / exact.abs().clamp_min(1e-2)).max().item<double>(), 1e-9, 1.1 * Rounding);

        answer.sum().backward();
        Assert.Equal(ScalarType.Float32, convolution.weight!.grad!.dtype);

        // A hook hears the layer in the type of its weights.
        ScalarType? heard = null;
        convolution.register_forward_hook((_, input, heardOutput) =>
        {
            heard = input.dtype;
            return heardOutput;
        });
        Assert.Equal(ScalarType.BFloat16, FollowingConvolution.Run(convolution, images).dtype);
        Assert.Equal(ScalarType.Float32, heard);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Networks_follow_their_images_with_weights_gradients_and_logits_in_float32(string name)
    {
        using var scope = NewDisposeScope();
        var (channels, side, make) = Networks[name];
        using var network = make();
        network.train();
        Freezing.KeepFrozenNormalizationsInEval(network);
        foreach (var dropout in network.modules().OfType<Dropout>())
        {
            dropout.eval();
        }

        random.manual_seed(2);
        var images = rand(4, channels, side, side);
        var (full, fullGradient) = Answers(network, images);
        var (rounded, roundedGradient) = Answers(network, ImagePrecision.Of(images, ReducedPrecision.Bfloat16));
        Assert.Equal((ScalarType.Float32, ScalarType.Float32), (rounded.dtype, roundedGradient.dtype));
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));

        // Each of up to fifty layers rounds. Normalisations that are trained on four images turn the gradients of deep networks further;
        // PyTorch's autocast does it as much.
        var apart = ((rounded - full).norm() / full.norm()).item<float>();
        var turned = nn.functional.cosine_similarity(roundedGradient, fullGradient, dim: 0).item<float>();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: logits {apart:F4} apart, gradients' cosine {turned:F4}"));
        var (logits, cosine) = name switch
        {
            "document 3, VGG19-BN" => OfAutocast("vgg19_bn"),
            "a trunk with blocks of two" => OfAutocast("resnet18"),
            _ => (2 * Rounding, .999),
        };
        Assert.InRange(apart, 1e-6, 2 * logits);
        Assert.InRange(1 - turned, -1e-5, 1.5 * (1 - cosine));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_in_float64_stays_in_float64(string name)
    {
        using var scope = NewDisposeScope();
        var (channels, side, make) = Networks[name];
        using var network = make();
        network.eval();
        random.manual_seed(2);
        var images = rand(2, channels, side, side);
        using var noGradients = no_grad();
        var single = network.call(images);
        network.to(float64);
        var logits = network.call(images.to(float64));
        Assert.Equal(ScalarType.Float64, logits.dtype);
        Assert.InRange(((logits - single).norm() / logits.norm()).item<double>(), 1e-12, 1e-4);
    }

    [Fact]
    public void A_logit_is_not_rounded_where_the_output_layer_reads_the_maps()
    {
        using var scope = NewDisposeScope();
        using var network = new CovidCtCnn(seed: 1, NoHiddenLayers);
        random.manual_seed(2);
        var logits = network.call(rand(8, 1, 64, 64).to(bfloat16));
        Assert.True((logits != logits.to(bfloat16).to(float32)).any().item<bool>());
    }

    [Fact]
    public void A_dense_layer_that_reads_rounded_maps_gives_float32_and_a_hook_hears_it_in_the_type_of_its_weights()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var layer = nn.Linear(40, 7);
        var maps = randn(3, 40).to(bfloat16);
        var answer = FollowingDense.Run(layer, maps);
        Tensor Exactly(Tensor value) => value.to(bfloat16).to(float64);
        var exact = nn.functional.linear(Exactly(maps), Exactly(layer.weight!), Exactly(layer.bias!));
        Assert.Equal(ScalarType.Float32, answer.dtype);
        Assert.InRange(((answer.to(float64) - exact).abs() / exact.abs().clamp_min(1e-2)).max().item<double>(), 1e-9, 1.1 * Rounding);
        ScalarType? heard = null;
        layer.register_forward_hook((_, input, heardOutput) =>
        {
            heard = input.dtype;
            return heardOutput;
        });
        Assert.Equal(ScalarType.Float32, FollowingDense.Run(layer, maps).dtype);
        Assert.Equal(ScalarType.Float32, heard);
    }

    [Fact]
    public void A_training_says_in_its_settings_what_it_computed_in_and_ends_with_a_network_in_float32()
    {
        using var source = MemorySource.Random(12, 3, 64, 4, seed: 1);
        TrainerOptions options = new() { Epochs = 2, Optimizer = new KerasAdam { LearningRate = 1e-4 } };
        Assert.DoesNotContain("precision", FlatSettings.Of(options).Keys);
        var rounding = options with { Precision = ReducedPrecision.Bfloat16 };
        Assert.Equal("bfloat16", FlatSettings.Of(rounding)["precision"]);

        double[] Losses(TrainerOptions with, out byte[] scores)
        {
            using var network = new PneumoniaCnn(seed: 1, new PneumoniaCnnOptions { ImageSize = 64 });
            var history = Trainer.Fit(network, source, source, with);
            using var scope = NewDisposeScope();
            var logits = network.call(ones(1, 3, 64, 64));
            Assert.Equal(ScalarType.Float32, logits.dtype);
            scores = logits.bytes.ToArray();
            return [.. history.Epochs.SelectMany(epoch => new[] { epoch.Loss, epoch.ValidationLoss!.Value })];
        }

        var full = Losses(options, out _);
        var rounded = Losses(rounding, out var first);
        Assert.Equal(rounded, Losses(rounding, out var second));
        Assert.Equal(first, second);
        Assert.NotEqual(full, rounded);
        Assert.All(full.Zip(rounded), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, .05));
    }

    [Fact]
    public void A_network_whose_layers_do_not_follow_is_refused_before_the_first_step()
    {
        using var source = MemorySource.Random(4, 3, 16, 2, seed: 1);
        using var own = new TinyCnn();
        TrainerOptions options = new() { Epochs = 1, Precision = ReducedPrecision.Bfloat16 };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(own, source, null, options));
        Assert.Contains("'TinyCnn' computes in float32 only", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(IFollowsImageType), error.Message, StringComparison.Ordinal);
        using var onOwnTrunk = new TrunkClassifier("own", nn.Sequential(nn.Conv2d(3, 8, 3)), 8, 2, seed: 1);
        Assert.Throws<ArgumentException>(() => Trainer.Fit(onOwnTrunk, source, null, options));
        Assert.Equal(0, source.Handed);
    }

    [Fact]
    public void A_network_that_gives_rounded_logits_is_refused_before_the_first_step()
    {
        using var source = MemorySource.Random(4, 3, 16, 2, seed: 1);
        using var network = new RoundedLogits();
        var before = network.parameters().First().bytes.ToArray();
        TrainerOptions options = new() { Epochs = 1, Precision = ReducedPrecision.Bfloat16 };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(network, source, null, options));
        Assert.Contains("gives BFloat16 logits", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.parameters().First().bytes.ToArray());
    }

    [Fact]
    public void What_cannot_follow_is_refused_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        var images = Phantoms.Create(folder.Path, new PhantomOptions { Size = 64, TrainPerClass = 2, TestPerClass = 1 })["train"];
        LoaderOptions loader = new() { BatchSize = 2, Width = 64, Height = 64 };
        using var network = new CovidXrayResNet50(seed: 1, imageSize: 64);
        using var bank = FeatureBank.Compute(network.Trunk, images, loader);
        TrainerOptions options = new() { Epochs = 1, Precision = ReducedPrecision.Bfloat16 };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(network.Head, bank.Source(images, loader), null, options));
        Assert.Contains("feature bank, whose maps are float32", error.Message, StringComparison.Ordinal);

        using var source = MemorySource.Random(4, 3, 16, 2, seed: 1);
        using var own = new TinyCnn();
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(
            own, source, Loss.CategoricalCrossEntropy, OutputActivation.Softmax, precision: ReducedPrecision.Bfloat16));
        error = Assert.Throws<ArgumentException>(() => Trainer.Fit(own, source, null, options with { Precision = (ReducedPrecision)7 }));
        Assert.Contains("Precision is 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_precision_is_refused_and_one_of_the_same_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var source = MemorySource.Random(8, 3, 64, 4, seed: 1);
        PneumoniaCnn Network() => new(seed: 1, new PneumoniaCnnOptions { ImageSize = 64 });
        var whole = new TrainerOptions { Epochs = 2, Precision = ReducedPrecision.Bfloat16 };
        var options = whole with { CheckpointPath = Path.Combine(folder.Path, "checkpoint.safetensors") };
        using var first = Network();
        Trainer.Fit(first, source, null, options with { Epochs = 1 });
        using var other = Network();
        Assert.Throws<WeightsException>(() => Trainer.Fit(other, source, null, options with { Resume = true, Precision = null }));

        using var resumed = Network();
        using var undisturbed = Network();
        Assert.Equal(2, Trainer.Fit(resumed, source, null, options with { Resume = true }).Epochs.Count);
        Trainer.Fit(undisturbed, source, null, whole);
        Assert.All(
            resumed.parameters().Zip(undisturbed.parameters()),
            pair => Assert.Equal(pair.Second.bytes.ToArray(), pair.First.bytes.ToArray()));
    }

    [Fact]
    public void A_hook_on_what_changes_a_blocks_input_hears_it_in_the_data_type_of_its_weights()
    {
        using var scope = NewDisposeScope();
        using var network = new ResNet18(seed: 1);
        network.eval();
        var heard = new List<ScalarType>();
        foreach (var (_, layer) in network.named_modules().Where(pair => pair.module is Sequential))
        {
            ((Sequential)layer).register_forward_hook((_, input, maps) =>
            {
                heard.Add(input.dtype);
                return maps;
            });
        }

        Assert.Equal(ScalarType.BFloat16, network.call(rand(1, 3, 64, 64).to(bfloat16)).dtype);
        Assert.Equal([ScalarType.Float32, ScalarType.Float32, ScalarType.Float32], heard);
    }

    /// <summary>Document 5's network on every fifth of its images: what bfloat16 changes beside what the seed does.</summary>
    [SkippableFact]
    public void Over_five_seeds_the_test_numbers_differ_by_less_than_seeds_do()
    {
        Skip.If(LongTests.Reason is not null, LongTests.Reason);
        Skip.If(Repository.RealData is null, "There are no real image sets: set COVIDNOTEBOOKS_DATA.");
        var chest = new DataFolder(Repository.RealData!, "COVIDNOTEBOOKS_DATA").Open(Datasets.ChestXrayPneumonia);
        var document = new Document5();
        var every = Enumerable.Range(0, chest.Train.Count).Where(i => i % 5 == 0);
        var some = chest.Train.Subset(every, "a fifth of the training images");
        var aucs = new Dictionary<int, (double Full, double Rounded)>();
        for (var seed = 1; seed <= 5; seed++)
        {
            double Auc(ReducedPrecision? precision)
            {
                using var network = new PneumoniaCnn(seed);
                using var train = new ImageLoader(some, document.TrainingLoader(seed, some.Count));
                using var test = new ImageLoader(chest.Test, document.EvaluationLoader());
                Trainer.Fit(network, train, null, document.TrainerOptions(seed, some) with { Epochs = 8, Precision = precision });
                var report = EvaluationReport.Of(Predictor.Predict(network, test, OutputActivation.Softmax));
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}, {(precision is null ? "float32" : "bfloat16")}: accuracy {report[MetricNames.Accuracy].Value:F4}, "
                        + $"AUC {report[MetricNames.RocAuc].Value:F4}"));
                return report[MetricNames.RocAuc].Value!.Value;
            }

            aucs[seed] = (Auc(null), Auc(ReducedPrecision.Bfloat16));
        }

        var byPrecision = aucs.Values.Average(pair => pair.Rounded - pair.Full);
        var mean = aucs.Values.Average(pair => pair.Full);
        var bySeed = Math.Sqrt(aucs.Values.Sum(pair => Math.Pow(pair.Full - mean, 2)) / (aucs.Count - 1));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"mean difference of the AUC {byPrecision:F4}, standard deviation over seeds {bySeed:F4}"));
        Assert.InRange(Math.Abs(byPrecision), 0, bySeed);
    }

    /// <summary>What <c>tests/golden-precision/make.py</c> found of a network of torchvision.</summary>
    private static (double Logits, double Cosine) OfAutocast(string network)
    {
        var file = Path.Combine(Repository.Root, "tests", "golden-precision", "autocast.json");
        var found = JsonNode.Parse(File.ReadAllText(file))![network]!;
        return (found["logits"]!.GetValue<double>(), found["cosine"]!.GetValue<double>());
    }

    private sealed class RoundedLogits : nn.Module<Tensor, Tensor>, IFollowsImageType
    {
        private readonly Linear dense = nn.Linear(3 * 16 * 16, 2);

        public RoundedLogits()
            : base(nameof(RoundedLogits)) => RegisterComponents();

        public override Tensor forward(Tensor input) => dense.call(input.flatten(1).to(float32)).to(input.dtype);
    }

    private static (Tensor Logits, Tensor Gradients) Answers(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        network.zero_grad();
        var logits = network.call(images);
        logits.square().sum().backward();
        var trained = network.parameters().Where(parameter => parameter.requires_grad);
        return (logits.detach(), cat([.. trained.Select(parameter => parameter.grad!.flatten().clone())]));
    }
}
