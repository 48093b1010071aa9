using System.Runtime.InteropServices;
using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Protocols;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>How a document's epoch is measured, ours and a peer's in turns.</summary>
/// <param name="Data">The data folder; null for phantoms.</param>
/// <param name="Phantoms">Synthetic training images a class.</param>
/// <param name="Epochs">Epochs that are measured, after one that is not.</param>
/// <param name="Batches">Training batches of an epoch at most, with as large a share of the validation batches; null for all.</param>
/// <param name="Peer">Program and arguments of a Python with PyTorch; null for no peer.</param>
/// <param name="Tuned">Whether the peer is measured a second time, tuned.</param>
internal sealed record Benchmark(DataFolder? Data, int Phantoms, int Epochs, int? Batches, IReadOnlyList<string>? Peer, bool Tuned)
{
    /// <summary>Whether our side also says where its epoch's time goes. Default false.</summary>
    public bool Profiled { get; init; }

    /// <summary>Whether our side and a tuned peer are measured a second time, in bfloat16. Default false.</summary>
    public bool InBfloat16 { get; init; }

    // What ./kit sets for ours; an expert sets the rest for PyTorch.
    private static readonly Dictionary<string, string> OurAllocator = new(StringComparer.Ordinal) { ["MALLOC_ARENA_MAX"] = "1" };

    /// <summary>The allocator's settings of a tuned peer, which keep freed memory.</summary>
    public static readonly IReadOnlyDictionary<string, string> TunedAllocator = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MALLOC_ARENA_MAX"] = "1",
        ["MALLOC_MMAP_THRESHOLD_"] = "1073741824",
        ["MALLOC_TRIM_THRESHOLD_"] = "2147483647",
        ["MALLOC_TOP_PAD_"] = "67108864",
    };

    /// <summary>Measures a document.</summary>
    /// <param name="document">The experiment as published.</param>
    /// <param name="scripts">The folder of the peers' scripts.</param>
    /// <param name="work">A folder for phantoms and jobs.</param>
    /// <param name="clock">Measures the start of both sides, and dates the result.</param>
    /// <param name="told">Is told what is measured next.</param>
    /// <exception cref="BenchmarkException">A side does not answer.</exception>
    /// <exception cref="DataException">The images are not there.</exception>
    public DocumentBenchmark Measure(Protocol document, string scripts, string work, TimeProvider clock, Action<string> told)
    {
        var images = document.Images(
            Data ?? new DataFolder(Path.Combine(work, "no-data"), "kit bench"), Data is null ? new PhantomPlace(work, Phantoms) : null);
        var job = BenchmarkJob.Of(document, images, Batches, Environment.ProcessorCount);
        using var ours = Our("Our side", "ours", bfloat16: false);
        using var ourOther = InBfloat16 ? Our("Our side in bfloat16", "ours-bfloat16", bfloat16: true) : null;
        using var peer = Peer is null ? null : Started(tuned: false);
        using var tuned = Peer is null || !Tuned ? null : Started(tuned: true);
        using var tunedOther = Peer is null || !Tuned || !InBfloat16 ? null : Started(tuned: true, bfloat16: true);
        BenchmarkSide[] sides = [.. new[] { ours, ourOther, peer, tuned, tunedOther }.OfType<BenchmarkSide>()];
        var epochs = InTurns("epoch", Epochs + 1);
        var memory = sides.Select(side => side.Ask("memory")).ToArray();
        var (pipeline, model) = (InTurns("pipeline", Epochs), InTurns("model", Epochs));
        var results = sides.Select((side, i) => (side, Result: new SideResult(
            Median(epochs[i].Skip(1)),
            Median(pipeline[i]),
            Median(model[i]),
            epochs[i][0],
            side.StartSeconds,
            side.Number(memory[i], "peak_megabytes"),
            side.Number(memory[i], "process_megabytes"),
            side.Torch))).ToDictionary(pair => pair.side, pair => pair.Result);
        var seen = Math.Min(job.TrainBatches * job.BatchSize, job.Train.Count)
            + Math.Min(job.ValidationBatches * job.BatchSize, job.Validation.Count);
        return new DocumentBenchmark(
            document.Number, seen, results[ours], Of(peer), Of(tuned), Processor())
        {
            OursInBfloat16 = Of(ourOther),
            TunedPeerInBfloat16 = Of(tunedOther),
            Date = clock.GetUtcNow(),
            Epochs = Epochs,
            Batches = Batches,
            Phantoms = Data is null ? Phantoms : null,
            Profile = Profiled ? ours.Ask("profile").Deserialize<EpochProfile>(BenchmarkJob.Json) : null,
        };

        SideResult? Of(BenchmarkSide? side) => side is null ? null : results[side];

        BenchmarkSide Our(string name, string file, bool bfloat16) => BenchmarkSide.Start(
            name,
            ["dotnet", typeof(Benchmark).Assembly.Location, OurSideCommand, Written(job with { InBfloat16 = bfloat16 }, file)],
            OurAllocator,
            clock);

        BenchmarkSide Started(bool tuned, bool bfloat16 = false) => BenchmarkSide.Start(
            (tuned ? "The tuned peer" : "The peer") + (bfloat16 ? " in bfloat16" : ""),
            [
                .. Peer,
                Path.Combine(scripts, $"document{document.Number}.py"),
                Written(
                    job with { Tuned = tuned, InBfloat16 = bfloat16 }, (tuned ? "tuned" : "peer") + (bfloat16 ? "-bfloat16" : "")),
            ],
            tuned ? TunedAllocator : new Dictionary<string, string>(StringComparer.Ordinal),
            clock);

        string Written(BenchmarkJob written, string side)
        {
            var file = Path.Combine(work, $"document{document.Number}-{side}.json");
            written.Write(file);
            return file;
        }

        List<double>[] InTurns(string what, int times)
        {
            var seconds = sides.Select(_ => new List<double>()).ToArray();
            for (var turn = 0; turn < times; turn++)
            {
                told($"document {document.Number}: {what} {turn + 1} of {times}");
                for (var i = 0; i < sides.Length; i++)
                {
                    seconds[i].Add(sides[i].Number(sides[i].Ask(what), "seconds"));
                }
            }

            return seconds;
        }
    }

    /// <summary>The hidden verb of our side's process.</summary>
    public const string OurSideCommand = "bench-side";

    /// <summary>The median; of an even number of values the mean of the middle two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Processor()
    {
        const string Named = "model name";
        var name = OperatingSystem.IsLinux() && File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Named, StringComparison.Ordinal))?.Split(':', 2)[1]
                .Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{name ?? RuntimeInformation.OSArchitecture.ToString()}, {Environment.ProcessorCount} cores";
    }
}
