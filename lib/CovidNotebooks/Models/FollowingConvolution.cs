using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A convolution in the type of its input.</summary>
internal static class FollowingConvolution
{
    /// <summary>
    /// Runs the convolution. Where the input has another type than the weights, these are rounded to it, anew each time; derivatives come
    /// back to the weights in their own type. Where a hook listens, the convolution runs in the type of its weights.
    /// </summary>
    public static Tensor Run(Conv2d convolution, Tensor input)
    {
        if (input.dtype == convolution.weight!.dtype)
        {
            return convolution.call(input);
        }

        using var scope = NewDisposeScope();
        return (ForwardHooks.MayBeOn(convolution)
            ? convolution.call(input.to(convolution.weight.dtype)).to(input.dtype)
            : nn.functional.conv2d(
                input, convolution.weight.to(input.dtype), convolution.bias?.to(input.dtype), convolution.stride, convolution.padding))
            .MoveToOuterDisposeScope();
    }
}
