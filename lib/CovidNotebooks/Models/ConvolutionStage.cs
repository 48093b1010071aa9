using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>Convolution, ReLU and max-pooling, as the documents stack them.</summary>
internal static class ConvolutionStage
{
    /// <summary>
    /// Runs the three layers. ReLU never changes which value of a window is the largest, so pooling first gives the same values and
    /// gradients for a quarter of ReLU's work; where a hook listens to one of the three, the published order runs.
    /// </summary>
    public static Tensor Run(Conv2d convolution, nn.Module<Tensor, Tensor> relu, MaxPool2d pool, Tensor input)
    {
        var convolved = FollowingConvolution.Run(convolution, input);
        if (ForwardHooks.MayBeOn(convolution) || ForwardHooks.MayBeOn(relu) || ForwardHooks.MayBeOn(pool))
        {
            return pool.call(relu.call(convolved));
        }

        var pooled = PooledActivation.Run(pool, convolved);
        convolved.Dispose();
        return pooled;
    }
}
