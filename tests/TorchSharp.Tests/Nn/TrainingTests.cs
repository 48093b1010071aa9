using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Tests.Nn;

/// <summary>A small network with batch normalisation and dropout, trained for thirty steps.</summary>
public class TrainingTests
{
    private static readonly JsonElement[] Cases = [.. GoldenTensors.Own("nn_training").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, bool> Runs() => new() { { 0, false }, { 1, false }, { 0, true }, { 1, true } };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Losses_and_weights_equal_PyTorch(int number, bool channelsLast)
    {
        var one = Cases[number];
        var (images, labels) = Data();
        using var model = Network();
        if (channelsLast)
        {
            images = ChannelsLast(images);
            foreach (var module in model.children().OfType<Conv2d>())
            {
                module.weight = new Parameter(ChannelsLast(module.weight.detach()));
            }
        }

        var strides = model.children().OfType<Conv2d>().Select(module => module.weight.stride()).ToList();
        using var optimizer = Optimizers.Make(one.GetProperty("optimizer").GetString()!, model.parameters(), one.GetProperty("settings"));
        manual_seed(51);
        var losses = new List<double>();
        var alive = new List<long>();
        for (var step = 0; step < 30; step++)
        {
            losses.Add(Step(model, optimizer, images, labels, step));
            alive.Add(Alive());
        }

        GoldenTensors.NumbersMustBeClose(losses, one.GetProperty("losses").Doubles(), 1e-5, "losses");
        Assert.Single(alive.Distinct());
        model.eval();
        using (no_grad())
        {
            using var few = images.narrow(0, 0, 4);
            using var logits = model.call(few);
            logits.MustBeClose(one.GetProperty("logits").ToTensor(), 1e-4, "logits after training");
        }

        foreach (var (name, tensor) in model.state_dict())
        {
            tensor.MustBeClose(one.GetProperty("state").GetProperty(name).ToTensor(), 1e-4, name);
        }

        Assert.Equal(one.GetProperty("state").EnumerateObject().Count(), model.state_dict().Count);
        Assert.Equal(strides, model.children().OfType<Conv2d>().Select(module => module.weight.stride()));
        if (channelsLast)
        {
            Assert.Equal(1, strides[1][1]);
        }
    }

    [Fact]
    public void Disposing_model_and_optimizer_frees_everything()
    {
        var (images, labels) = Data();
        var before = Alive();
        using (var model = Network())
        using (var optimizer = optim.Adam(model.parameters(), amsgrad: true))
        {
            Step(model, optimizer, images, labels, 0);
            Assert.True(Alive() > before);
        }

        Assert.Equal(before, Alive());
    }

    [Fact]
    public void A_step_inside_a_scope_keeps_the_optimizers_state()
    {
        using var parameter = new Parameter(ones(3));
        using var optimizer = optim.SGD([parameter], .1, momentum: .5);
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            (parameter * 1).sum().backward();
            optimizer.step();
            optimizer.zero_grad();
        }

        // Momentum 1, 1.5, 1.75 times the rate.
        Assert.Equal(1 - (.1 * (1 + 1.5 + 1.75)), parameter[0].ToDouble(), 6);
    }

    /// <summary>Tensors made on this thread and not freed: other tests run beside this one.</summary>
    private static long Alive() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private static double Step(Module<Tensor, Tensor> model, OptimizerHelper optimizer, Tensor images, Tensor labels, int step)
    {
        using var scope = NewDisposeScope();
        var start = step * 8 % 32;
        optimizer.zero_grad();
        var loss = F.cross_entropy(model.call(images.narrow(0, start, 8)), labels.narrow(0, start, 8));
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }

    private static (Tensor Images, Tensor Labels) Data()
    {
        using var scope = NewDisposeScope();
        manual_seed(50);
        var images = randn(32, 2, 12, 12);
        var labels = arange(32) % 3;
        images += labels.reshape(-1, 1, 1, 1) * linspace(-1, 1, 12);
        return scope.MoveToOuter(images, labels);
    }

    private static Sequential Network() => Sequential(
        Conv2d(2, 8, 3, padding: 1, bias: false),
        BatchNorm2d(8),
        ReLU(),
        MaxPool2d(2),
        Conv2d(8, 16, 3),
        ReLU(),
        AvgPool2d(2),
        Flatten(),
        Dropout(.25),
        Linear(64, 3));

    private static Tensor ChannelsLast(Tensor tensor) => tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
