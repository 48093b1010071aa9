using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A dense layer that reads maps, in their data type: the first behind the convolutions, which has most of the weights.</summary>
internal static class FollowingDense
{
    /// <summary>
    /// Runs the layer. Where the input has another data type than the weights, these are rounded to it, anew each time, and what comes out
    /// goes on in the data type of the weights, in which everything behind computes. Where a hook listens, the layer runs in that of its
    /// weights.
    /// </summary>
    public static Tensor Run(Linear layer, Tensor input)
    {
        var own = layer.weight!.dtype;
        if (input.dtype == own)
        {
            return layer.call(input);
        }

        using var scope = NewDisposeScope();
        return (ForwardHooks.MayBeOn(layer) ? layer.call(input.to(own)) : With(input, layer.weight.to(input.dtype), layer.bias).to(own))
            .MoveToOuterDisposeScope();
    }

    /// <summary>The product with weights of the input's data type; the bias is rounded to it.</summary>
    public static Tensor With(Tensor input, Tensor weight, Tensor? bias) => nn.functional.linear(input, weight, bias?.to(input.dtype));
}
