using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A convolution in the data type of its input.</summary>
internal static class FollowingConvolution
{
    /// <summary>
    /// Runs the convolution. Where the input has another data type than the weights, these are rounded to it, anew each time; their
    /// gradient is computed in it and comes back in their own. Where a hook listens, the convolution runs in the data type of its weights.
    /// </summary>
    public static Tensor Run(Conv2d convolution, Tensor input)
    {
        var own = convolution.weight!.dtype;
        if (input.dtype == own)
        {
            return convolution.call(input);
        }

        using var scope = NewDisposeScope();
        return (ForwardHooks.MayBeOn(convolution) || !HasPlainPadding(convolution)
            ? convolution.call(input.to(own)).to(input.dtype)
            : With(convolution, input, convolution.weight, convolution.bias)).MoveToOuterDisposeScope();
    }

    /// <summary>The convolution with other weights, both rounded to the input's data type. Its padding has to be plain.</summary>
    public static Tensor With(Conv2d convolution, Tensor input, Tensor weight, Tensor? bias) => nn.functional.conv2d(
        input, weight.to(input.dtype), bias?.to(input.dtype), convolution.stride, convolution.padding, convolution.dilation,
        convolution.groups);

    /// <summary>Whether the padding is of zeros and given as numbers.</summary>
    public static bool HasPlainPadding(Conv2d convolution) => convolution is { padding: not null, padding_mode: PaddingModes.Zeros };
}
