using CovidNotebooks.Models;
using CovidNotebooks.Training;
using Tests.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Gradients of dense layers' weights that wait for the update, beside those that torch adds up batch by batch.</summary>
[Collection(SharedGenerator.Name)]
public class GatheredDenseTests
{
    private const int Inputs = 3 * 4 * 4;
    private static readonly TrainerOptions Waiting = new()
    {
        Epochs = 3,
        Optimizer = new Sgd { LearningRate = .1, Momentum = .9 },
        Accumulation = new GradientAccumulation(4, AccumulationRule.AsDocument3),
    };

    [Theory]
    [InlineData(AccumulationRule.AsDocument3, false)]
    [InlineData(AccumulationRule.FullGroups, false)]
    [InlineData(AccumulationRule.FullGroups, true)]
    public void Weights_after_a_training_are_those_that_torch_finds_batch_by_batch(AccumulationRule rule, bool isHeard)
    {
        using var source = MemorySource.Random(22, 3, 4, 4, seed: 1);
        using var gathering = Network();
        using var plain = Plain(gathering);
        if (isHeard)
        {
            ((Linear)gathering.children().ElementAt(1)).register_forward_hook((_, _, answer) => answer);
        }

        var options = Waiting with { Accumulation = new GradientAccumulation(4, rule) };
        Trainer.Fit(gathering, source, source, options);
        Trainer.Fit(plain, source, source, options);
        foreach (var (own, torchs) in gathering.parameters().Zip(plain.parameters()))
        {
            Assert.InRange((own - torchs).abs().max().item<float>(), 0, 2e-6);
        }
    }

    [Fact]
    public void The_gradient_of_weights_is_not_there_before_an_update_needs_it()
    {
        using var source = MemorySource.Random(12, 3, 4, 4, seed: 1);
        using var network = Network();
        var layer = (Linear)network.children().ElementAt(1);
        var found = new List<(bool Weights, bool Bias)>();
        Trainer.Fit(network, source, null, Waiting with { Epochs = 1 }, new RecordingObserver(
            onBatch: _ => found.Add((layer.weight!.grad is not null, layer.bias!.grad is not null))));
        Assert.Equal([(false, false), (false, true), (false, true)], found);

        // Where a network is not trained by the trainer, backward gives all gradients at once.
        network.call(rand(2, 3, 4, 4)).sum().backward();
        Assert.NotNull(layer.weight!.grad);
    }

    [Fact]
    public void What_waits_is_never_more_than_the_weights()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(6, 4);
        using var gathered = new GatheredDense();
        random.manual_seed(1);
        var (inputs, gradients) = (rand(5, 6), rand(5, 4));
        gathered.Add(layer, inputs.narrow(0, 0, 2), gradients.narrow(0, 0, 2));
        Assert.Null(layer.weight!.grad);
        gathered.Add(layer, inputs.narrow(0, 2, 3), gradients.narrow(0, 2, 3));
        Assert.InRange((layer.weight.grad! - gradients.t().mm(inputs)).abs().max().item<float>(), 0, 1e-6);
    }

    [Fact]
    public void In_bfloat16_they_are_near_those_in_float32_and_float32_themselves()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var layer = nn.Linear(64, 32);
        using var gathered = new GatheredDense();
        var (inputs, upstream) = (randn(8, 64), randn(8, 32));
        Tensor Gradient(Tensor given)
        {
            layer.zero_grad();
            given.requires_grad = true;
            var output = GatheringDense.Run(layer, gathered, given);
            Assert.Equal(ScalarType.Float32, output.dtype);
            output.backward([upstream]);
            gathered.Flush();
            return cat([layer.weight!.grad!.flatten(), layer.bias!.grad!, given.grad!.to(float32).flatten()]).clone();
        }

        var full = Gradient(inputs.clone());
        var exact = cat([upstream.t().mm(inputs).flatten(), upstream.sum(dim: 0), upstream.mm(layer.weight!).flatten()]).detach();
        Assert.InRange(((full - exact).norm() / exact.norm()).item<float>(), 0, 1e-6);
        var rounded = Gradient(inputs.to(bfloat16));
        Assert.InRange(((rounded - exact).norm() / exact.norm()).item<float>(), 1e-5, 1.0 / 256);
    }

    [Fact]
    public void A_checkpoint_holds_what_waits_and_the_resumed_training_gives_the_bits_of_the_whole()
    {
        using var folder = new TemporaryFolder();
        using var source = MemorySource.Random(12, 3, 4, 4, seed: 1);
        var written = Waiting with { CheckpointPath = Path.Combine(folder.Path, "checkpoint.safetensors") };
        using var whole = Network();
        using var resumed = Network();
        Trainer.Fit(whole, source, null, Waiting);
        using (var first = Network())
        {
            Trainer.Fit(first, source, null, written with { Epochs = 1 });
        }

        Trainer.Fit(resumed, source, null, written with { Resume = true });
        Assert.All(
            resumed.parameters().Zip(whole.parameters()), pair => Assert.Equal(pair.Second.bytes.ToArray(), pair.First.bytes.ToArray()));
    }

    [Fact]
    public void Live_tensors_after_each_epoch_equal_those_after_the_first()
    {
        using var source = MemorySource.Random(12, 3, 4, 4, seed: 1);
        using var network = Network();
        var counts = new List<long>();
        Trainer.Fit(network, source, null, Waiting with { Epochs = 4 }, new RecordingObserver(
            onEpoch: _ => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)));
        Assert.Equal([counts[0], counts[0], counts[0], counts[0]], counts);
        Assert.Null(network.Gathered);
    }

    private static LayerStack Network()
    {
        random.manual_seed(3);
        return new LayerStack([nn.Flatten(), nn.Linear(Inputs, 20), nn.ReLU(), nn.Linear(20, 2)]);
    }

    /// <summary>The same layers with the same weights in torch's own container.</summary>
    private static Sequential Plain(LayerStack network)
    {
        var plain = nn.Sequential(nn.Flatten(), nn.Linear(Inputs, 20), nn.ReLU(), nn.Linear(20, 2));
        plain.load_state_dict(network.state_dict());
        return plain;
    }
}
