using static TorchSharp.torch;

namespace CovidNotebooks.Explanation;

/// <summary>
/// Listens to a layer and cuts the graph behind it: the layer's output becomes the start of the derivatives, whether or not the weights
/// before it are frozen.
/// </summary>
internal sealed class LayerTap : IDisposable
{
    private readonly Action remove;
    private Tensor? activation;

    public LayerTap(nn.Module<Tensor, Tensor> layer)
    {
        var remover = layer.register_forward_hook((_, _, output) => Replace(output));
        remove = remover.remove;
    }

    /// <summary>The layer's output in its last call; null before the first.</summary>
    public Tensor? Activation => activation;

    public void Dispose()
    {
        remove();
        activation?.Dispose();
    }

    /// <summary>Whoever works on the output in place works on a copy; whoever frees its own tensors does not free this one.</summary>
    private Tensor Replace(Tensor output)
    {
        activation?.Dispose();
        activation = output.detach().DetachFromDisposeScope();
        activation.requires_grad = true;
        return activation.clone();
    }
}
