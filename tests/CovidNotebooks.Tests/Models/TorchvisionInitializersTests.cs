using CovidNotebooks.Models;
using Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Models;

/// <summary>
/// The numbers are those of torchvision's <c>vgg.py</c> and <c>resnet.py</c> and of PyTorch's <c>Linear.reset_parameters</c>.
/// </summary>
[Collection(SharedGenerator.Name)]
public class TorchvisionInitializersTests
{
    [Fact]
    public void A_VGG_starts_with_normal_weights_and_no_bias()
    {
        using var model = Vgg.Vgg19BatchNorm(classes: 2, seed: 1);
        using var scope = NewDisposeScope();
        foreach (var (name, layer) in model.named_modules())
        {
            switch (layer)
            {
                case Conv2d { weight: { } kernel, bias: { } bias }:
                    var expected = Math.Sqrt(2.0 / (kernel.shape[0] * 9));
                    Assert.InRange(kernel.std().item<float>() / expected, .9, 1.1);
                    Assert.Equal(0, bias.abs().max().item<float>());
                    break;
                case Linear { weight: { } weight, bias: { } bias }:
                    Assert.InRange(weight.std().item<float>(), .0095, .0105);
                    Assert.True(bias.abs().max().item<float>() == 0, name);
                    break;
            }
        }
    }

    [Fact]
    public void A_replaced_last_layer_starts_as_PyTorchs_own_and_leaves_the_others()
    {
        using var model = Vgg.Vgg16(classes: 2, seed: 1);
        using var scope = NewDisposeScope();
        var before = model.state_dict().Where(pair => !pair.Key.StartsWith("classifier.6.", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value.sum().item<float>());
        model.ResetOutput(seed: 3);
        var after = model.state_dict();
        AssertUniform(after["classifier.6.weight"], 1 / Math.Sqrt(4096));
        Assert.NotEqual(0, after["classifier.6.bias"].abs().max().item<float>());
        Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key].sum().item<float>()));

        var first = after["classifier.6.weight"].clone();
        model.ResetOutput(seed: 3);
        Assert.True(first.equal(after["classifier.6.weight"]).all().item<bool>());
    }

    [Fact]
    public void A_ResNet_keeps_PyTorchs_own_start_for_its_last_layer()
    {
        using var model = new ResNet50(classes: 10, ResNetForm.Torchvision, seed: 1);
        using var scope = NewDisposeScope();
        AssertUniform(model.state_dict()["fc.weight"], 1 / Math.Sqrt(2048));
    }

    private static void AssertUniform(Tensor weight, double limit)
    {
        Assert.InRange(weight.abs().max().item<float>(), .99 * limit, limit * 1.000001);
        Assert.InRange(weight.std().item<float>() / (limit / Math.Sqrt(3)), .97, 1.03);
    }
}
