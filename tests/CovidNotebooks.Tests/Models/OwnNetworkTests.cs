using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models;

/// <summary>A trunk with a head of n classes, frozen or from a layer on, and learning rates by layer.</summary>
[Collection(SharedGenerator.Name)]
public sealed class OwnNetworkTests : IDisposable
{
    private readonly Tests.Data.TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(PretrainedNetwork.ResNet18, "layer4", 512)]
    [InlineData(PretrainedNetwork.ResNet50, "layer4.2", 2048)]
    [InlineData(PretrainedNetwork.Vgg16, "28", 512)]
    [InlineData(PretrainedNetwork.Vgg19BatchNorm, "49", 512)]
    public void One_line_puts_a_head_of_n_classes_on_any_trunk(PretrainedNetwork network, string layer, int channels)
    {
        var trunk = Find(network);
        using var frozen = trunk.WithHead(classes: 5, seed: 1);
        using var tuned = trunk.WithHead(classes: 5, seed: 1, trainFrom: layer);
        using var scope = NewDisposeScope();

        Assert.Equal([2L, 5L], frozen.call(rand(2, 3, 32, 32)).shape);
        Assert.Equal(["out.weight", "out.bias"], Trained(frozen));
        Assert.Equal([5L, channels], frozen.state_dict()["out.weight"].shape);
        Assert.StartsWith($"trunk.{layer}.", Trained(tuned)[0], StringComparison.Ordinal);
        Assert.InRange(Trained(tuned).Count, 3, 40);
        Assert.Contains(
            "the layers are", Assert.Throws<ArgumentException>(() => trunk.WithHead(2, 1, "layer9")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_head_on_the_trunks_maps_is_the_network()
    {
        using var network = Find(PretrainedNetwork.ResNet18).WithHead(3, seed: 1);
        using var scope = NewDisposeScope();
        network.eval();
        var images = rand(2, 3, 64, 64);

        Assert.Equal(GoldenTensors.Values(network.call(images)), GoldenTensors.Values(network.Head.call(network.Trunk.call(images))));
    }

    [Fact]
    public void A_layers_rate_is_a_factor_of_the_optimisers_and_the_longest_name_counts()
    {
        OptimizerSettings[] kinds =
        [
            new Sgd { LearningRate = .5, Momentum = .9 },
            new TorchAdam { LearningRate = .5 },
            new KerasAdam { LearningRate = .5, Decay = .1 },
        ];
        foreach (var settings in kinds)
        {
            var one = Moved(settings);
            var rated = Moved(settings with { LayerRates = [new("a", .1), new("a.0", .2)] });

            Assert.Equal(one["b.weight"], rated["b.weight"], 6);
            Assert.Equal(.2 * one["a.0.weight"], rated["a.0.weight"], 6);
            Assert.Equal(.1 * one["a.1.weight"], rated["a.1.weight"], 6);
        }
    }

    [Fact]
    public void Rates_are_recorded_where_they_are_set_and_checked()
    {
        Assert.DoesNotContain("layer_rates", FlatSettings.Of(new Sgd()).Keys);
        Assert.Equal(
            new object?[] { new object?[] { "trunk", .1 } },
            (object?[])FlatSettings.Of(new Sgd { LayerRates = [new("trunk", .1)] })["layer_rates"]!);
        Assert.Throws<ArgumentException>(() => new Sgd { LayerRates = [new("trunk", 0)] }.Validate());
        using var model = Model();
        var message = Assert.Throws<ArgumentException>(
            () => new Sgd { LayerRates = [new("c", .1)] }.Create(model.named_parameters())).Message;
        Assert.Contains("'c', which has no parameter that is trained. Trained are a.0, a.1, b", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_small_network_takes_any_size_and_says_how_many_classes()
    {
        using var network = new SmallCnn(4, seed: 1);
        using var again = new SmallCnn(4, seed: 1);
        using var scope = NewDisposeScope();

        Assert.Equal(network.state_dict().Values.Select(GoldenTensors.Values), again.state_dict().Values.Select(GoldenTensors.Values));
        Assert.Equal([2L, 4L], network.call(rand(2, 3, 33, 90)).shape);
        Assert.Equal(4, network.ToSettings()["classes"]);
        Assert.Equal(97_680 + (129 * 4), network.parameters().Sum(parameter => parameter.numel()));
    }

    /// <summary>
    /// A hundred pictures are seven steps an epoch: with PyTorch's momentum of .1 the averages that validation uses would have come half of
    /// the way (1 − .9⁷ = .52), and validation would say for epochs that nothing is learnt.
    /// </summary>
    [Fact]
    public void After_an_epoch_of_seven_steps_validation_sees_what_training_saw()
    {
        using var network = new SmallCnn(2, seed: 1);
        using var scope = NewDisposeScope();
        var images = rand(16, 3, 32, 32);
        network.train();
        network.call(images);
        double First() => network.state_dict()["stage1.norm.running_var"][0].item<float>();
        var perStep = First() - 1; // From 1, the beginning.
        for (var step = 2; step <= 7; step++)
        {
            network.call(images);
        }

        // momentum m: after one step m × (v − 1), after seven (1 − (1 − m)⁷) × (v − 1) = .918 × (v − 1) for m = .3.
        Assert.Equal((1 - Math.Pow(.7, 7)) / .3, (First() - 1) / perStep, 3);
        Assert.True(1 - Math.Pow(.7, 7) > .9);
    }

    private PretrainedTrunk Find(PretrainedNetwork network) =>
        PretrainedTrunk.Find(new DataFolder(folder.Path, "test"), network, fetch: false, folder.Path);

    private static List<string> Trained(nn.Module model) =>
    [
        .. model.named_parameters().Where(pair => pair.parameter.requires_grad).Select(pair => pair.name),
    ];

    private static nn.Module<Tensor, Tensor> Model() =>
        nn.Sequential(
            ("a", nn.Sequential(("0", nn.Linear(1, 1, hasBias: false)), ("1", nn.Linear(1, 1, hasBias: false)))),
            ("b", nn.Linear(1, 1, hasBias: false)));

    /// <summary>How far each weight moves in one step along a gradient of 1.</summary>
    private static Dictionary<string, double> Moved(OptimizerSettings settings)
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        using (no_grad())
        {
            foreach (var (_, parameter) in model.named_parameters())
            {
                parameter.zero_();
            }
        }

        model.named_parameters().Select(pair => pair.parameter.sum()).Aggregate((sum, each) => sum + each).backward();
        using var optimizer = settings.Create(model.named_parameters());
        optimizer.Step();
        Assert.Equal(.5, optimizer.LearningRate);
        return model.named_parameters()
            .ToDictionary(pair => pair.name, pair => (double)pair.parameter.item<float>(), StringComparer.Ordinal);
    }
}
