using CovidNotebooks.Models;
using Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class FrozenConvolutionTests
{
    [Theory]
    [InlineData(ResNetForm.Keras)]
    [InlineData(ResNetForm.Torchvision)]
    public void A_frozen_network_answers_as_the_same_network_unfrozen_in_eval_mode(ResNetForm form)
    {
        using var scope = NewDisposeScope();
        var network = new ResNet50(classes: 3, form, seed: 1);
        random.manual_seed(2);
        foreach (var (name, buffer) in network.named_buffers().Where(pair => pair.name.Contains("running", StringComparison.Ordinal)))
        {
            // Stored statistics that are neither 0 nor 1.
            using var drawn = rand(buffer.shape) + (name.EndsWith("var", StringComparison.Ordinal) ? .5 : -.5);
            buffer.copy_(drawn);
        }

        network.eval();
        var images = rand(2, 3, 64, 48);
        var unfolded = network.call(images);
        Freezing.Freeze(network);
        var folded = network.call(images);
        Assert.True(unfolded.requires_grad);
        Assert.False(folded.requires_grad);
        Assert.InRange(((folded - unfolded).abs().max() / unfolded.abs().max()).item<float>(), 0, 1e-4f);

        // A normalisation that is trained is not folded: it uses the batch's own statistics.
        Freezing.Unfreeze(network);
        network.train();
        Assert.True(network.call(images).allclose(unfolded) is false);
    }

    [Fact]
    public void A_hook_on_the_convolution_sees_what_it_gives()
    {
        using var scope = NewDisposeScope();
        var network = new ResNet50(classes: 3, ResNetForm.Torchvision, seed: 1);
        Freezing.Freeze(network);
        network.eval();
        var calls = 0;
        foreach (var (_, layer) in network.named_modules().Where(pair => pair.module is Conv2d))
        {
            ((Conv2d)layer).register_forward_hook((_, _, output) =>
            {
                calls++;
                return output;
            });
        }

        network.call(rand(1, 3, 32, 32));
        Assert.Equal(53, calls);
    }
}
