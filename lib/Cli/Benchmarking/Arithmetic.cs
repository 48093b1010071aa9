using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>
/// Multiplications and additions of one image in the convolutions and dense layers of a network, a product and its sum counted as two;
/// the other layers are left out. Products with a zero count, also where they are not computed (<c>PooledConvolution</c>): a network can
/// pass what one convolution reaches.
/// </summary>
/// <param name="Forward">Of the forward pass: outputs × inputs of each, twice.</param>
/// <param name="Backward">
/// Of the gradients: as many again for the weights where they are trained, and for the layer's input where that needs gradients.
/// </param>
internal sealed record Arithmetic(double Forward, double Backward)
{
    /// <summary>Counts while a batch runs through.</summary>
    /// <param name="network">The network, in the mode that is asked for; it is left as it was.</param>
    /// <param name="images">Images that it takes, N first.</param>
    public static Arithmetic Of(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        double forward = 0, backward = 0;
        var removals = new List<Action>();
        try
        {
            foreach (var (_, layer) in network.named_modules())
            {
                if (layer is Conv2d convolution)
                {
                    removals.Add(convolution.register_forward_hook((_, input, output) =>
                        Count(convolution.weight!, convolution.weight!.numel() / convolution.weight.shape[0], input, output)).remove);
                }
                else if (layer is Linear dense)
                {
                    removals.Add(dense.register_forward_hook((_, input, output) =>
                        Count(dense.weight!, dense.weight!.shape[1], input, output)).remove);
                }
            }

            using var scope = NewDisposeScope();
            network.call(images);
        }
        finally
        {
            removals.ForEach(remove => remove());
        }

        return new Arithmetic(forward, backward);

        Tensor Count(Tensor weights, long inputsOfAnOutput, Tensor input, Tensor output)
        {
            var operations = 2.0 * output.numel() / output.shape[0] * inputsOfAnOutput;
            forward += operations;
            backward += operations * ((weights.requires_grad ? 1 : 0) + (input.requires_grad ? 1 : 0));
            return output;
        }
    }
}
