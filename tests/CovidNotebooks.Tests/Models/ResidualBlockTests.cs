using CovidNotebooks.Models;
using Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class ResidualBlockTests
{
    // Blocks of two convolutions and of three; trained, trained with the stored statistics, frozen.
    [Theory]
    [InlineData(false, true, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    [InlineData(true, true, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    public void Maps_changed_in_place_give_the_bits_of_maps_that_are_kept(bool bottlenecks, bool trained, bool ownStatistics)
    {
        using var scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = bottlenecks ? new ResNet50(classes: 3, ResNetForm.Keras, seed: 1) : new ResNet18(seed: 1);
        network.train(ownStatistics);
        if (!trained)
        {
            Freezing.Freeze(network);
        }

        random.manual_seed(2);
        var images = rand(2, 3, 64, 48);
        var inPlace = Answers(network, images);
        var heard = 0;
        foreach (var (_, relu) in network.named_modules().Where(pair => pair.module is ReLU))
        {
            ((ReLU)relu).register_forward_hook((_, _, output) =>
            {
                heard++;
                return output;
            });
        }

        var kept = Answers(network, images);
        Assert.Equal(bottlenecks ? 49 : 19, heard);
        Assert.Equal(1 + 1 + (trained ? network.parameters().Count() : 0), kept.Count);
        Assert.All(kept.Zip(inPlace), pair => Assert.Equal(pair.First.bytes.ToArray(), pair.Second.bytes.ToArray()));
    }

    [Fact]
    public void A_block_leaves_its_input_as_it_was_and_no_map_behind()
    {
        using var scope = NewDisposeScope();
        using var block = new Bottleneck(16, 4, 1, ResNetForm.Torchvision, downsamples: false);
        var input = randn(2, 16, 9, 7);
        var before = input.bytes.ToArray();
        block.call(input).Dispose();
        var living = Tensor.TotalCount;
        block.call(input).Dispose();
        Assert.Equal(living, Tensor.TotalCount);
        Assert.Equal(before, input.bytes.ToArray());
    }

    /// <summary>The maps, then the gradients of the images and of what is trained.</summary>
    private static List<Tensor> Answers(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        using var leaf = images.detach().clone().requires_grad_(true);
        network.zero_grad();
        using var maps = network.call(leaf);
        maps.square().sum().backward();
        return
        [
            maps.detach().clone(), leaf.grad!.clone(),
            .. network.parameters().Where(parameter => parameter.requires_grad).Select(parameter => parameter.grad!.clone()),
        ];
    }
}
