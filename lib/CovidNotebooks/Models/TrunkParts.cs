using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A trunk that is not trained, over a few images of a batch after the others.</summary>
internal static class TrunkParts
{
    /// <summary>Bytes of a part's first map: in float32, five images of 224 × 224 in VGG16, twenty in ResNet50.</summary>
    private const long LargestMap = 64 << 20;

    /// <summary>
    /// The trunk's maps. Where nothing is kept for gradients, a map is wanted only until the next layer has read it, so images that go
    /// through in parts need the memory of a part. An image's maps are the same but for rounding, where a library chooses its order of
    /// sums by the size of a batch.
    /// </summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="images">Images (N, channels, rows, columns).</param>
    public static Tensor Run(nn.Module<Tensor, Tensor> trunk, Tensor images)
    {
        var parts = Count(trunk, images);
        if (parts == 1)
        {
            return trunk.call(images);
        }

        using var scope = NewDisposeScope();
        var maps = new List<Tensor>();
        foreach (var part in images.tensor_split(parts))
        {
            using var inner = NewDisposeScope();
            maps.Add(trunk.call(part).MoveToOuterDisposeScope());
        }

        return cat(maps).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// How many parts a batch goes in: one unless it is on the CPU, larger than a part, and each image is mapped for itself.
    /// </summary>
    public static long Count(nn.Module trunk, Tensor images)
    {
        if (images.Dimensions != 4 || images.shape[0] < 2 || images.device_type != DeviceType.CPU || !MapsEachForItself(trunk, images)
            || trunk.modules().OfType<Conv2d>().FirstOrDefault() is not { } first)
        {
            return 1;
        }

        var stride = first.stride!;
        var values = first.out_channels * (images.shape[2] / stride[0]) * (images.shape[3] / stride[^1]);
        var most = Math.Max(1, LargestMap / Math.Max(1, values * images.element_size()));
        return (images.shape[0] + most - 1) / most;
    }

    /// <summary>Whether a trunk is one of this library's: untrained, its layers map each image for itself.</summary>
    public static bool IsOwn(nn.Module trunk) => trunk is LayerStack or ResNet18 or ResNet50;

    /// <summary>
    /// Whether the trunk is one of this library's, nothing wants gradients of it, and no layer of it learns, draws or is heard.
    /// </summary>
    private static bool MapsEachForItself(nn.Module trunk, Tensor images) =>
        IsOwn(trunk)
            && !(is_grad_enabled() && (images.requires_grad || trunk.parameters().Any(parameter => parameter.requires_grad)))
            && trunk.modules().All(layer => !(layer is BatchNorm2d or Dropout && layer.training) && !ForwardHooks.MayBeOn(layer))
            && !ForwardHooks.MayBeOn(trunk);
}
