using CovidNotebooks.Models;
using Tests.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Models;

/// <summary>One bottleneck of Keras' ResNet50 against its formula, in double precision.</summary>
[Collection(SharedGenerator.Name)]
public class KerasBottleneckTests
{
    private const double Epsilon = 1.001e-5;

    [Fact]
    public void A_bottleneck_in_Keras_form_strides_on_its_first_convolution_and_divides_with_Kerass_epsilon()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var network = NetworkInDoubles();
        var block = Block(network);
        var state = block.state_dict();
        var images = rand(2, 256, 6, 6, ScalarType.Float64);
        var found = GoldenTensors.Values(block.call(images));
        Assert.Equal(2 * 512 * 3 * 3, found.Length);
        GoldenTensors.AssertClose(GoldenTensors.Values(Formula(images, state, Epsilon)), found, 1e-11, "output");

        // The statistics are so small that torch's epsilon would be seen: the variance is as small as epsilon itself.
        var torchs = GoldenTensors.Values(Formula(images, state, 1e-5));
        Assert.True(torchs.Zip(found).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-4);
    }

    [Fact]
    public void Running_statistics_in_Keras_form_keep_99_parts_of_100()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var network = NetworkInDoubles();
        var state = Block(network).state_dict();
        var (mean, variance) = (GoldenTensors.Values(state["bn1.running_mean"]), GoldenTensors.Values(state["bn1.running_var"]));
        var images = rand(2, 256, 6, 6, ScalarType.Float64);
        var x = functional.conv2d(images, state["conv1.weight"], state["conv1.bias"], strides: [2, 2]);
        var block = Block(network);
        block.train();
        block.call(images);

        // 2 images of 3 x 3 positions a channel; the variance that is kept is divided by 17 of these 18, as in the kernel that Keras uses.
        var (channels, seen) = (128, 18);
        var values = GoldenTensors.Values(x.permute(1, 0, 2, 3));
        for (var c = 0; c < channels; c++)
        {
            var own = values.AsSpan(c * seen, seen).ToArray();
            var average = own.Average();
            Assert.Equal((.99 * mean[c]) + (.01 * average), state["bn1.running_mean"][c].item<double>(), 1e-12);
            Assert.Equal(
                (.99 * variance[c]) + (.01 * own.Sum(value => (value - average) * (value - average)) / (seen - 1)),
                state["bn1.running_var"][c].item<double>(),
                1e-12);
        }
    }

    private static Module<Tensor, Tensor> Block(ResNet50 network) =>
        (Module<Tensor, Tensor>)network.named_modules().Single(pair => pair.name == "layer2.0").module;

    private static ResNet50 NetworkInDoubles()
    {
        var network = new ResNet50(classes: null, ResNetForm.Keras, seed: 1);
        network.to(ScalarType.Float64);
        network.eval();
        manual_seed(11);
        foreach (var (name, tensor) in Block(network).state_dict())
        {
            if (name.EndsWith("running_var", StringComparison.Ordinal))
            {
                tensor.copy_((1e-5 * rand(tensor.shape)) + 1e-6);
            }
            else if (
                name.Contains("bn", StringComparison.Ordinal)
                    || name.EndsWith("bias", StringComparison.Ordinal)
                    || name.StartsWith("downsample.1", StringComparison.Ordinal))
            {
                // A gain of about .005 undoes the division by about .004.
                tensor.copy_((name.EndsWith("weight", StringComparison.Ordinal) ? .005 : .05) * (rand(tensor.shape) + .2));
            }
        }

        return network;
    }

    private static Tensor Formula(Tensor images, Dictionary<string, Tensor> state, double epsilon)
    {
        var x = functional.relu(Normalized(functional.conv2d(images, state["conv1.weight"], state["conv1.bias"], strides: [2, 2]), "bn1"));
        x = functional.relu(Normalized(functional.conv2d(x, state["conv2.weight"], state["conv2.bias"], padding: [1, 1]), "bn2"));
        x = Normalized(functional.conv2d(x, state["conv3.weight"], state["conv3.bias"]), "bn3");
        return functional.relu(
            x
                + Normalized(
                    functional.conv2d(images, state["downsample.0.weight"], state["downsample.0.bias"], strides: [2, 2]), "downsample.1"));

        Tensor Normalized(Tensor maps, string layer)
        {
            Tensor Of(string name) => state[$"{layer}.{name}"].reshape(1, -1, 1, 1);
            return ((maps - Of("running_mean")) / (Of("running_var") + epsilon).sqrt() * Of("weight")) + Of("bias");
        }
    }
}
