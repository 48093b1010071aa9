using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>The weights that Keras' layers start with: Glorot uniform for kernels, zero for biases.</summary>
public static class KerasInitializers
{
    /// <summary>
    /// The bound of Keras' <c>glorot_uniform</c>: weights come from U(-limit, limit) with limit = sqrt(6 / (fan in + fan out)).
    /// For a convolution both fans count the kernel's area.
    /// </summary>
    /// <param name="shape">(out, in) of a dense layer, (out, in, rows, columns) of a convolution.</param>
    /// <exception cref="ArgumentException">The shape has fewer than two sizes.</exception>
    public static double GlorotLimit(IReadOnlyList<long> shape)
    {
        if (shape.Count < 2)
        {
            throw new ArgumentException(
                $"A kernel of shape [{string.Join(", ", shape)}] has no fans; expected (out, in) or (out, in, rows, columns).",
                nameof(shape));
        }

        var area = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        return Math.Sqrt(6.0 / (area * (shape[0] + shape[1])));
    }

    /// <summary>Initialises all convolutions and dense layers of a model, in the order of its layers.</summary>
    /// <param name="model">The model; its batch normalisations keep their ones and zeros, which are Keras' too.</param>
    /// <param name="seed">The seed of the draws; the default generator of torch is not touched.</param>
    public static void Apply(nn.Module model, long seed)
    {
        using var generator = new Generator(unchecked((ulong)seed));
        foreach (var (_, layer) in model.named_modules())
        {
            switch (layer)
            {
                case Conv2d convolution:
                    Initialize(convolution.weight, convolution.bias, generator);
                    break;
                case Linear dense:
                    Initialize(dense.weight, dense.bias, generator);
                    break;
            }
        }
    }

    private static void Initialize(Tensor? weight, Tensor? bias, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        if (weight is not null)
        {
            var limit = GlorotLimit(weight.shape);
            weight.uniform_(-limit, limit, generator);
        }

        bias?.zero_();
    }
}
