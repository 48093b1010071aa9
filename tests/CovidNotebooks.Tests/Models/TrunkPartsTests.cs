using CovidNotebooks.Models;
using Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class TrunkPartsTests
{
    [Theory]
    [InlineData("VGG16", 11, 3)]
    [InlineData("VGG19-BN", 6, 2)]
    [InlineData("ResNet18", 21, 2)]
    [InlineData("ResNet50", 22, 2)]
    public void Parts_of_a_batch_give_what_the_batch_gives(string name, int images, int parts)
    {
        using var scope = NewDisposeScope();
        using var trunk = Frozen(name);
        random.manual_seed(1);
        var batch = Batch(images);
        Assert.Equal(parts, TrunkParts.Count(trunk, batch));
        var (whole, split) = (trunk.call(batch), TrunkParts.Run(trunk, batch));
        Assert.Equal(whole.shape, split.shape);
        Assert.InRange(((split - whole).abs().max() / whole.abs().max()).item<float>(), 0, 1e-5);
    }

    [Fact]
    public void A_part_is_as_large_as_its_first_map_allows()
    {
        using var scope = NewDisposeScope();
        using var vgg = Frozen("VGG16");
        using var resnet = Frozen("ResNet50");
        long Parts(nn.Module trunk, int images, int side = 224, ScalarType type = ScalarType.Float32) =>
            TrunkParts.Count(trunk, zeros(1, dtype: type).expand(images, 3, side, side));

        // 64 × 224 × 224 float32 are 12.25 MB, so five images fit into 64.
        Assert.Equal((1, 1, 2, 2), (Parts(vgg, 1), Parts(vgg, 5), Parts(vgg, 6), Parts(vgg, 8)));
        Assert.Equal((1, 1), (Parts(vgg, 8, type: ScalarType.BFloat16), Parts(vgg, 20, side: 112)));
        Assert.Equal((1, 2, 4), (Parts(resnet, 20), Parts(resnet, 21), Parts(resnet, 64)));
        Assert.Equal(3, Parts(vgg, 3, side: 2048));
    }

    [Theory]
    [InlineData("a layer that is trained")]
    [InlineData("a gradient of the images")]
    [InlineData("a normalisation by the batch")]
    [InlineData("a hook")]
    [InlineData("a network of somebody else")]
    public void With_anything_that_sees_the_whole_batch_it_stays_whole(string what)
    {
        using var scope = NewDisposeScope();
        using var trunk = what == "a network of somebody else" ? nn.Sequential(nn.Conv2d(3, 64, 3)) : Frozen("VGG19-BN");
        Freezing.Freeze(trunk);
        var batch = Batch(6);
        Assert.Equal(trunk is Sequential ? 1 : 2, TrunkParts.Count(trunk, batch));
        switch (what)
        {
            case "a layer that is trained":
                Freezing.UnfreezeFrom(trunk, "49");
                break;
            case "a gradient of the images":
                batch = batch.alias().requires_grad_();
                break;
            case "a normalisation by the batch":
                trunk.train();
                break;
            case "a hook":
                trunk.modules().OfType<ReLU>().Last().register_forward_hook((_, _, output) => output);
                break;
        }

        Assert.Equal(1, TrunkParts.Count(trunk, batch));
    }

    [Fact]
    public void A_trained_network_is_split_only_where_it_is_asked_without_gradients()
    {
        using var scope = NewDisposeScope();
        using var network = Vgg.Vgg16(classes: 2, seed: 1);
        var batch = Batch(6);
        Assert.Equal(1, TrunkParts.Count(network.Trunk, batch));
        using var noGradients = no_grad();
        Assert.Equal(2, TrunkParts.Count(network.Trunk, batch));
    }

    private static Tensor Batch(int images) => rand(images, 224, 224, 3).permute(0, 3, 1, 2);

    private static nn.Module<Tensor, Tensor> Frozen(string name)
    {
        var trunk = Trunk(name);
        Freezing.Freeze(trunk);
        return trunk;
    }

    private static nn.Module<Tensor, Tensor> Trunk(string name) => name switch
    {
        "VGG16" => Vgg.Features(Vgg.Blocks16, batchNormalization: false),
        "VGG19-BN" => Vgg.Features(Vgg.Blocks19, batchNormalization: true),
        "ResNet18" => new ResNet18(1),
        _ => new ResNet50(classes: null, ResNetForm.Keras, 1),
    };
}
