using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>The weights that torchvision's VGG and ResNet start with when they are not pretrained.</summary>
public static class TorchvisionInitializers
{
    private const double DenseDeviation = 0.01;

    /// <summary>
    /// Convolutions: normal with deviation sqrt(2 / fan out), zero bias. Dense layers of a VGG: normal with deviation .01, zero bias; of a
    /// ResNet: as <see cref="ApplyDefault(Linear, long)"/>. Batch normalisations keep their ones and zeros.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">The seed of the draws; the default generator of torch is not touched.</param>
    /// <param name="defaultDense">
    /// Whether dense layers start as PyTorch's own, which torchvision leaves to its ResNets. Default: no, as in its VGGs.
    /// </param>
    public static void Apply(nn.Module model, long seed, bool defaultDense = false)
    {
        using var generator = new Generator(unchecked((ulong)seed));
        using var noGradients = no_grad();
        foreach (var (_, layer) in model.named_modules())
        {
            using var scope = NewDisposeScope();
            switch (layer)
            {
                case Conv2d { weight: { } kernel } convolution:
                    var fanOut = kernel.shape[0] * kernel.shape[2] * kernel.shape[3];
                    kernel.normal_(0, Math.Sqrt(2.0 / fanOut), generator);
                    convolution.bias?.zero_();
                    break;
                case Linear dense when defaultDense:
                    Uniform(dense, generator);
                    break;
                case Linear { weight: { } weight } dense:
                    weight.normal_(0, DenseDeviation, generator);
                    dense.bias?.zero_();
                    break;
            }
        }
    }

    /// <summary>
    /// What PyTorch's <c>nn.Linear</c> starts with, and so what a replaced last layer does: weights and biases from U(-1/√inputs,
    /// 1/√inputs).
    /// </summary>
    /// <param name="dense">The layer.</param>
    /// <param name="seed">The seed of the draws; the default generator of torch is not touched.</param>
    public static void ApplyDefault(Linear dense, long seed)
    {
        ArgumentNullException.ThrowIfNull(dense);
        using var generator = new Generator(unchecked((ulong)seed));
        using var noGradients = no_grad();
        Uniform(dense, generator);
    }

    private static void Uniform(Linear dense, Generator generator)
    {
        if (dense.weight is { } weight)
        {
            var limit = 1 / Math.Sqrt(weight.shape[1]);
            weight.uniform_(-limit, limit, generator);
            dense.bias?.uniform_(-limit, limit, generator);
        }
    }
}
