using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>The convolutions of a residual network: a first one, its pooling, and stages of blocks.</summary>
internal static class ResidualTrunk
{
    /// <summary>
    /// Maps of images. A map is let go when the next layer has read it, and the pooling runs before ReLU, which gives the same numbers.
    /// Where a hook listens, the published order runs and nothing is let go.
    /// </summary>
    public static Tensor Run(
        Conv2d convolution, BatchNorm2d normalization, ReLU relu, MaxPool2d pool, ReadOnlySpan<LayerStack> stages, Tensor images)
    {
        using var scope = NewDisposeScope();
        var heard = ForwardHooks.MayBeOn(relu) || ForwardHooks.MayBeOn(pool);
        foreach (var stage in stages)
        {
            heard |= ForwardHooks.MayBeOn(stage);
        }

        var x = FrozenConvolution.Run(convolution, normalization, images);
        x = heard ? pool.call(relu.call(x)) : After(x, PooledActivation.Run(pool, x));
        foreach (var stage in stages)
        {
            var next = stage.call(x);
            x = heard ? next : After(x, next);
        }

        return x.MoveToOuterDisposeScope();
    }

    private static Tensor After(Tensor read, Tensor next)
    {
        read.Dispose();
        return next;
    }
}
