using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>The arithmetic of residual blocks: convolutions with their normalisations, ReLU between them, and their input added.</summary>
internal static class ResidualBlock
{
    /// <summary>
    /// Runs a block. A map is let go when the next layer has read it, and ReLU and the sum are computed in place, which saves memory where
    /// the block is frozen. Where a hook listens, nothing is changed in place.
    /// </summary>
    /// <param name="block">The block, whose layers may have hooks.</param>
    /// <param name="stages">Its convolutions, in order.</param>
    /// <param name="relu">Its ReLU, which runs after each convolution, after the last with the input added.</param>
    /// <param name="downsample">What changes the input's size or channels (a convolution and a normalisation); null for nothing.</param>
    /// <param name="input">Maps (N, channels, rows, columns).</param>
    public static Tensor Run(
        nn.Module block, ReadOnlySpan<(Conv2d Convolution, BatchNorm2d Normalization)> stages, ReLU relu, Sequential? downsample,
        Tensor input)
    {
        using var scope = NewDisposeScope();
        var heard = block.modules().Any(ForwardHooks.MayBeOn);
        var x = input;
        for (var i = 0; i < stages.Length; i++)
        {
            var next = FrozenConvolution.Run(stages[i].Convolution, stages[i].Normalization, x);
            if (!heard && i > 0)
            {
                x.Dispose();
            }

            x = i == stages.Length - 1 ? next : Activated(relu, next, heard);
        }

        var added = downsample is null ? input : Downsampled(downsample, input);
        return Activated(relu, heard ? x + added : x.add_(added), heard).MoveToOuterDisposeScope();
    }

    private static Tensor Downsampled(Sequential downsample, Tensor input)
    {
        var (convolution, normalization) = ((Conv2d)downsample[0], (BatchNorm2d)downsample[1]);
        var own = convolution.weight!.dtype;
        return input.dtype == own ? downsample.call(input)
            : ForwardHooks.MayBeOn(downsample) ? downsample.call(input.to(own)).to(input.dtype)
            : FrozenConvolution.Run(convolution, normalization, input);
    }

    private static Tensor Activated(ReLU relu, Tensor map, bool heard) => heard ? relu.call(map) : nn.functional.relu(map, inplace: true);
}
