using CovidNotebooks.Data;
using static TorchSharp.torch;

namespace CovidNotebooks.Inference;

/// <summary>How a stored model is loaded and asked.</summary>
public sealed record ClassifierOptions
{
    /// <summary>
    /// Builds the network of the run, with any weights, for a network of one's own code; null, the default, for those of the kit, which the
    /// run's record describes.
    /// </summary>
    public Func<nn.Module<Tensor, Tensor>>? Network { get; init; }

    /// <summary>Where ImageNet weights are looked for, for a run that keeps its head only; null, the default, for the usual data
    /// folder.</summary>
    public DataFolder? Data { get; init; }

    /// <summary><c>cpu</c> or <c>cuda</c>. Default <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Pictures at once; at least 1. Default 16.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Threads that read pictures; they change no number. Default 2.</summary>
    public int Workers { get; init; } = 2;
}
