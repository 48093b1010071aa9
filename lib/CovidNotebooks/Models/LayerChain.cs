using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// Some of a model's own layers as a module of their own, one after another and under the names that they have in the model, so that they
/// can be trained and stored apart. It is not to be disposed: the model disposes its layers.
/// </summary>
internal sealed class LayerChain : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor>[] layers;

    public LayerChain(IReadOnlyList<(string Name, nn.Module<Tensor, Tensor> Layer)> layers)
        : base(nameof(LayerChain))
    {
        this.layers = [.. layers.Select(pair => pair.Layer)];
        foreach (var (name, layer) in layers)
        {
            register_module(name, layer);
        }
    }

    public override Tensor forward(Tensor input) => layers.Aggregate(input, (x, layer) => layer.call(x));
}
