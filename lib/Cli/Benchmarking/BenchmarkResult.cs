using System.Text.Json;
using System.Text.Json.Serialization;
using CovidNotebooks.Recording;

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
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Epochs that count, after one that does not.</summary>
    public required int Epochs { get; init; }

    /// <summary>Training batches an epoch at most, with as large a share of the validation batches; null for whole epochs.</summary>
    public int? Batches { get; init; }

    /// <summary>Synthetic training images a class; null for the document's data.</summary>
    public int? Phantoms { get; init; }

    /// <summary>The library computing in bfloat16; null where not asked for.</summary>
    [JsonPropertyName("ours_bfloat16")]
    public SideResult? OursInBfloat16 { get; init; }

    /// <summary>The tuned peer under automatic mixed precision, in bfloat16; null where not asked for.</summary>
    [JsonPropertyName("tuned_peer_bfloat16")]
    public SideResult? TunedPeerInBfloat16 { get; init; }

    /// <summary>Where our epoch's time goes; null where not asked for.</summary>
    public EpochProfile? Profile { get; init; }

    /// <summary>Our epoch's seconds divided by the peer's: below 1 we are faster.</summary>
    public double? Ratio => Ours.EpochSeconds / Peer?.EpochSeconds;

    /// <summary>The same against the tuned peer.</summary>
    public double? TunedRatio => Ours.EpochSeconds / TunedPeer?.EpochSeconds;

    /// <summary>Our epoch's seconds in bfloat16 divided by the peer's in float32.</summary>
    [JsonPropertyName("bfloat16_ratio")]
    public double? RatioInBfloat16 => OursInBfloat16?.EpochSeconds / Peer?.EpochSeconds;

    /// <summary>The same divided by the tuned peer's in bfloat16.</summary>
    [JsonPropertyName("tuned_bfloat16_ratio")]
    public double? TunedRatioInBfloat16 => OursInBfloat16?.EpochSeconds / TunedPeerInBfloat16?.EpochSeconds;

    /// <summary>The peer's torch, ours where there is no peer.</summary>
    public string Torch => (Peer ?? Ours).Torch;
}

/// <summary>What <c>kit bench --json</c> writes: documents may be measured into it one after the other, each with its own date.</summary>
/// <param name="TunedEnvironment">What a tuned peer has in its environment; null where none was measured.</param>
/// <param name="Documents">The results, by number.</param>
internal sealed record BenchmarkFile(IReadOnlyDictionary<string, string>? TunedEnvironment, IReadOnlyList<DocumentBenchmark> Documents)
{
    /// <summary>One in which nothing is measured.</summary>
    public static BenchmarkFile Empty { get; } = new(null, []);

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

    /// <summary>The same with a result; an older one of its document goes.</summary>
    public BenchmarkFile With(DocumentBenchmark result) => new(
        result.TunedPeer is null ? TunedEnvironment : Benchmark.TunedAllocator,
        [.. Documents.Where(other => other.Document != result.Document).Append(result).OrderBy(one => one.Document)]);

    /// <summary>Writes it whole.</summary>
    public void Write(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, BenchmarkJob.Json));
}
