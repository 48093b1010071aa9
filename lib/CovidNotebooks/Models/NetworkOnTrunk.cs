using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A classifier whose first layers, the trunk, can come from a network that others trained.</summary>
public abstract class NetworkOnTrunk : nn.Module<Tensor, Tensor>, IRecordedSettings
{
    private protected NetworkOnTrunk(string name)
        : base(name)
    {
    }

    /// <summary>The layers that can be pretrained: maps (N, channels, rows/32, columns/32) of images (N, 3, rows, columns).</summary>
    public abstract nn.Module<Tensor, Tensor> Trunk { get; }

    /// <summary>What the trunk was filled with; null for random numbers.</summary>
    internal PretrainedTrunk? Pretrained { get; set; }

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, object?> ToSettings() => WithTrunk([]);

    /// <summary>The trunk's settings and further ones.</summary>
    private protected Dictionary<string, object?> WithTrunk(IEnumerable<KeyValuePair<string, object?>> own) =>
        Pretrained is null ? new(own, StringComparer.Ordinal) { ["weights"] = "none" }
        : new(Pretrained.ToParameters().Concat(own), StringComparer.Ordinal);
}
