using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A classifier whose first layers, the trunk, can come from a network that others trained.</summary>
public abstract class NetworkOnTrunk : nn.Module<Tensor, Tensor>
{
    private protected NetworkOnTrunk(string name)
        : base(name)
    {
    }

    /// <summary>The layers that can be pretrained: maps (N, channels, rows/32, columns/32) of images (N, 3, rows, columns).</summary>
    public abstract nn.Module<Tensor, Tensor> Trunk { get; }
}
