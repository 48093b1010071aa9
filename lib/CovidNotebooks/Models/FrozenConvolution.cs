using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A convolution and the batch normalisation after it.</summary>
internal static class FrozenConvolution
{
    /// <summary>
    /// Runs both. Where neither is trained and the stored statistics are used, the normalisation is a factor and a shift for each channel:
    /// they go into the convolution's weights, anew each time (a few million products), which saves a pass over every map. The numbers are
    /// the same but for rounding. Where a hook listens to one of the two, or the padding is not of zeros by number, both run.
    /// </summary>
    public static Tensor Run(Conv2d convolution, BatchNorm2d normalization, Tensor input)
    {
        if (normalization.training || convolution.weight!.requires_grad || normalization.weight!.requires_grad
            || ForwardHooks.MayBeOn(convolution) || ForwardHooks.MayBeOn(normalization)
            || !FollowingConvolution.HasPlainPadding(convolution))
        {
            return normalization.call(FollowingConvolution.Run(convolution, input));
        }

        using var scope = NewDisposeScope();
        var scale = normalization.weight * (normalization.running_var! + normalization.eps).rsqrt();
        var shift = normalization.bias! - (normalization.running_mean! * scale);
        if (convolution.bias is { } bias)
        {
            shift += bias * scale;
        }

        return FollowingConvolution.With(convolution, input, convolution.weight * scale.view(-1, 1, 1, 1), shift).MoveToOuterDisposeScope();
    }
}
