using System.Text.Json;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>One side's medians.</summary>
/// <param name="EpochSeconds">
/// A whole epoch: reading, decoding, resizing, changing, forward, backward, step, validation; the first epoch is not counted.
/// </param>
/// <param name="PipelineSeconds">The same batches without the model.</param>
/// <param name="ModelSeconds">The model on one batch again and again, as often as an epoch has batches.</param>
/// <param name="FirstEpochSeconds">The first epoch, which no memory of decoded images helps.</param>
/// <param name="StartSeconds">From the start of the process until it could train.</param>
/// <param name="PeakMegabytes">
/// Peak memory of the process after the epochs (2^20 bytes), and with it what each of its loader processes holds alone.
/// </param>
/// <param name="ProcessMegabytes">That of the process alone; ours loads on threads, so the two are one.</param>
/// <param name="Torch">Its version of torch.</param>
internal sealed record SideResult(
    double EpochSeconds,
    double PipelineSeconds,
    double ModelSeconds,
    double FirstEpochSeconds,
    double StartSeconds,
    double PeakMegabytes,
    double ProcessMegabytes,
    string Torch);

/// <summary>A document's result.</summary>
/// <param name="Document">Its number.</param>
/// <param name="Images">Training and validation images an epoch.</param>
/// <param name="Ours">The library.</param>
/// <param name="Peer">PyTorch; null where there is none.</param>
/// <param name="TunedPeer">The same with channels-last memory and <see cref="Benchmark.TunedAllocator"/>; null where not asked for.</param>
/// <param name="Cpu">The processor and its cores.</param>
internal sealed record DocumentBenchmark(
    int Document, int Images, SideResult Ours, SideResult? Peer, SideResult? TunedPeer, string Cpu)
{
    /// <summary>Where our epoch's time goes; null where not asked for.</summary>
    public EpochProfile? Profile { get; init; }

    /// <summary>Our epoch's seconds divided by the peer's: below 1 we are faster.</summary>
    public double? Ratio => Ours.EpochSeconds / Peer?.EpochSeconds;

    /// <summary>The same against the tuned peer.</summary>
    public double? TunedRatio => Ours.EpochSeconds / TunedPeer?.EpochSeconds;

    /// <summary>The peer's torch, ours where there is no peer.</summary>
    public string Torch => (Peer ?? Ours).Torch;
}

/// <summary>What <c>kit bench --json</c> writes.</summary>
/// <param name="Date">When it was measured.</param>
/// <param name="Epochs">Epochs that count, after one that does not.</param>
/// <param name="Batches">Batches an epoch at most; null for whole epochs.</param>
/// <param name="Phantoms">Synthetic training images a class; null for the documents' data.</param>
/// <param name="TunedEnvironment">What a tuned peer has in its environment; null where none was measured.</param>
/// <param name="Documents">The results.</param>
internal sealed record BenchmarkFile(
    DateTimeOffset Date,
    int Epochs,
    int? Batches,
    int? Phantoms,
    IReadOnlyDictionary<string, string>? TunedEnvironment,
    IReadOnlyList<DocumentBenchmark> Documents)
{
    /// <summary>Reads a file back.</summary>
    /// <exception cref="BenchmarkException">It is no such file.</exception>
    public static BenchmarkFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchmarkFile>(File.ReadAllText(path), BenchmarkJob.Json) is { Documents.Count: > 0 } file
                ? file
                : throw new BenchmarkException($"{path} holds no measured document: write it with ./kit bench --json.");
        }
        catch (JsonException problem)
        {
            throw new BenchmarkException($"{path} is not what ./kit bench --json writes: {problem.Message}");
        }
    }
}
