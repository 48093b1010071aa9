using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace Tests.Models;

public class PneumoniaCnnTests
{
    [Fact]
    public void The_summary_has_the_layers_and_counts_of_the_document()
    {
        using var model = new PneumoniaCnn(seed: 1);
        var summary = ModelSummary.Of(model, 3, 150, 150);
        Assert.Equal(2_424_194, summary.TotalParameters);
        Assert.Equal(0, summary.FrozenParameters);
        Assert.Equal(
            ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "conv3", "relu3", "pool3", "flatten", "fc1", "sig", "drop", "out"],
            summary.Layers.Select(layer => layer.Name));
        Assert.Equal([32, 148, 148], summary.Layers[1].OutputShape);
        Assert.Equal([32, 74, 74], summary.Layers[2].OutputShape);
        Assert.Contains("2,367,616", summary.ToPlainText(), StringComparison.Ordinal);
        Assert.True(model.training);
    }

    [Fact]
    public void A_hook_sees_the_published_order_and_the_logits_stay_the_same()
    {
        using var model = new PneumoniaCnn(seed: 1);
        model.eval();
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var images = rand(2, 3, 150, 150);
        var fast = model.call(images);
        var relu = (nn.Module<Tensor, Tensor>)model.named_modules().Single(pair => pair.name == "relu2").module;
        long[]? seen = null;
        var smallest = 0.0;
        var remover = relu.register_forward_hook((_, _, output) =>
        {
            seen = output.shape;
            smallest = output.min().item<float>();
            return output;
        });
        var hooked = model.call(images);
        remover.remove();
        Assert.Equal([2, 64, 72, 72], seen!);
        Assert.Equal(0, smallest);
        Assert.Equal(GoldenTensors.Values(fast), GoldenTensors.Values(hooked));
    }

    [Fact]
    public void Stages_in_one_pass_give_the_gradients_of_the_published_order()
    {
        using var model = new PneumoniaCnn(seed: 2);
        model.eval();
        using var scope = NewDisposeScope();
        var images = rand(3, 3, 150, 150);
        var together = Gradients(model, images);
        var removers = model.named_modules().Where(pair => pair.name.StartsWith("pool", StringComparison.Ordinal))
            .Select(pair => ((nn.Module<Tensor, Tensor>)pair.module).register_forward_hook((_, _, output) => output)).ToList();
        var published = Gradients(model, images);
        Assert.Equal(3, removers.Count);

        // Not value by value: of a million windows the two largest values of one or two are as near as the rounding of sums, and then the
        // gradient goes to another place.
        Assert.All(
            published.Zip(together),
            pair => Assert.InRange(((pair.First - pair.Second).norm() / pair.First.norm()).item<float>(), 0, 2e-3f));
    }

    [Fact]
    public void Starts_with_Keras_initial_weights()
    {
        using var model = new PneumoniaCnn(seed: 3);
        using var same = new PneumoniaCnn(seed: 3);
        using var other = new PneumoniaCnn(seed: 4);
        foreach (var (name, weight) in ModelState.Of(model))
        {
            var values = GoldenTensors.Values(weight);
            Assert.Equal(values, GoldenTensors.Values(same.state_dict()[name]));
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                Assert.All(values, value => Assert.Equal(0, value));
                continue;
            }

            var limit = KerasInitializers.GlorotLimit(weight.shape);
            Assert.InRange(values.Max(), limit * 0.9, limit);
            Assert.InRange(values.Min(), -limit, -limit * 0.9);
            Assert.Equal(limit / Math.Sqrt(3), Math.Sqrt(values.Average(value => value * value)), limit * 0.05);
            Assert.NotEqual(values, GoldenTensors.Values(other.state_dict()[name]));
        }

        Assert.Equal(Math.Sqrt(6.0 / (9 * (3 + 32))), KerasInitializers.GlorotLimit([32, 3, 3, 3]));
        Assert.Equal(Math.Sqrt(6.0 / (18496 + 128)), KerasInitializers.GlorotLimit([128, 18496]));
    }

    [Theory]
    [InlineData(3, 224, 224)]
    [InlineData(1, 150, 150)]
    public void Images_of_another_shape_are_refused_with_what_to_do(long channels, long rows, long columns)
    {
        using var model = new PneumoniaCnn(seed: 1);
        using var images = zeros(1, channels, rows, columns);
        var error = Assert.Throws<ArgumentException>(() => model.call(images));
        Assert.Contains("(images, 3, 150, 150)", error.Message, StringComparison.Ordinal);
    }

    private static List<Tensor> Gradients(PneumoniaCnn model, Tensor images)
    {
        model.zero_grad();
        model.call(images).select(1, 1).sum().backward();
        return [.. model.parameters().Select(parameter => parameter.grad!.clone())];
    }
}
