using System.CommandLine;
using System.Globalization;
using CovidNotebooks.Cli.Benchmarking;
using CovidNotebooks.Data;
using CovidNotebooks.Protocols;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit bench</c>: how long each document's epoch takes, ours and PyTorch's in turns.</summary>
internal static class BenchCommand
{
    private const int DefaultEpochs = 5;
    private const int DefaultPhantoms = 24;

    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var documents = new Option<string[]>("--document")
        {
            Description = "A document, 1 to 5; may be given several times. Default: all.",
        };
        var data = new Option<string?>("--data") { Description = "The folder of the image sets. Default: phantoms." };
        var phantoms = new Option<string?>("--phantoms")
        {
            Description = "Synthetic training images a class, written to a temporary folder that both sides read. "
                + $"Default: {DefaultPhantoms}.",
        };
        var epochs = new Option<string?>("--epochs")
        {
            Description = $"Epochs that are measured, after one that is not; the median counts. Default: {DefaultEpochs}.",
        };
        var batches = new Option<string?>("--batches")
        {
            Description = "Training batches of an epoch at most; validation is cut by the same share. Default: all.",
        };
        var peer = new Option<string?>("--peer")
        {
            Description =
                "The Python that has PyTorch and torchvision, with arguments between blanks; 'none' for no peer. "
                    + "Default: python3 if it has them."
        };
        var tuned = new Option<bool>("--tuned")
        {
            Description = "Measure the peer a second time, with channels-last memory and an allocator that keeps freed memory.",
        };
        var profile = new Option<bool>("--profile")
        {
            Description = "Also say where our epoch's time goes, and what share of one large convolution's speed the network reaches.",
        };
        var bfloat16 = new Option<bool>("--bfloat16")
        {
            Description = "Measure ours and a tuned peer a second time, computing in bfloat16; --profile looks at float32.",
        };
        var json = new Option<string?>("--json")
        {
            Description = "Write the results to this file, too; results of other documents that are in it stay.",
        };
        var command = new Command(
            "bench",
            "Measure each document's whole epoch, its pipeline and its model alone, memory and start-up, "
                + "beside PyTorch where there is one.")
        {
            documents, data, phantoms, epochs, batches, peer, tuned, bfloat16, profile, json,
        };
        command.SetAction(result =>
        {
            try
            {
                if (result.GetValue(data) is not null && result.GetValue(phantoms) is not null)
                {
                    throw new BenchmarkException("--data and --phantoms exclude each other: name one of them.");
                }

                var chosen = (result.GetValue(documents) ?? []).Select(text => Whole("--document", text, 1, Protocol.All.Count)).ToList();
                var named = result.GetValue(peer);
                var benchmark = new Benchmark(
                    result.GetValue(data) is { } folder ? new DataFolder(Path.GetFullPath(folder), "--data") : null,
                    Whole("--phantoms", result.GetValue(phantoms), 8) ?? DefaultPhantoms,
                    Whole("--epochs", result.GetValue(epochs)) ?? DefaultEpochs,
                    Whole("--batches", result.GetValue(batches)),
                    named switch { "none" => null, null => Peers.Find(), _ => Peers.Split(named) },
                    result.GetValue(tuned))
                {
                    Profiled = result.GetValue(profile),
                    InBfloat16 = result.GetValue(bfloat16),
                };
                Run(
                    benchmark,
                    [.. Protocol.All.Where(document => chosen.Count == 0 || chosen.Contains(document.Number))],
                    result.GetValue(json),
                    checkout,
                    console,
                    clock);
                return 0;
            }
            catch (Exception problem) when (problem is BenchmarkException or DataException or IOException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    /// <summary>The hidden verb that is our side of a benchmark.</summary>
    public static Command CreateOurSide(TimeProvider clock)
    {
        var file = new Argument<string>("job");
        var command = new Command(Benchmark.OurSideCommand, "Our side of a benchmark.") { file };
        command.Hidden = true;
        command.SetAction(result =>
        {
            using var side = new OurSide(BenchmarkJob.Read(result.GetValue(file)!), Console.In, Console.Out, clock);
            side.Serve();
        });
        return command;
    }

    private static void Run(
        Benchmark benchmark, IReadOnlyList<Protocol> documents, string? json, Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        if (benchmark.Peer is null)
        {
            console.MarkupLineInterpolated($"No peer: ours alone. --peer names a Python that has PyTorch and torchvision.");
        }

        var file = File.Exists(json) ? BenchmarkFile.Read(json) : BenchmarkFile.Empty;
        var work = Directory.CreateTempSubdirectory("kit-bench-");
        try
        {
            var results = new List<DocumentBenchmark>();
            foreach (var document in documents)
            {
                var result = benchmark.Measure(
                    document, checkout.Benchmarks, work.FullName, clock, text => console.MarkupLineInterpolated($"[grey]{text}[/]"));
                results.Add(result);
                if (json is not null)
                {
                    (file = file.With(result)).Write(json);
                }
            }

            console.Write(TableOf(results));
            if (benchmark.Profiled)
            {
                console.Write(ProfilesOf(results));
            }
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static Table TableOf(IReadOnlyList<DocumentBenchmark> results)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .Title(
                Markup.Escape(
                    $"Seconds, medians; {results[0].Cpu}; torch "
                        + $"{results[0].Ours.Torch}{(results[0].Peer is { } other ? $", the peer's {other.Torch}" : "")}"));
        table.AddColumns("Document", "side", "epoch", "pipeline", "model", "first epoch", "start", "peak MB");
        foreach (var result in results)
        {
            Add($"{result.Document} ({result.Images} images)", "ours", result.Ours);
            if (result.OursInBfloat16 is { } rounded)
            {
                Add(
                    result.RatioInBfloat16 is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:F2}") : "",
                    "ours, bfloat16", rounded);
            }

            if (result.Peer is { } peer)
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"ratio {result.Ratio:F2}"), "peer", peer);
            }

            if (result.TunedPeer is { } tuned)
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"ratio {result.TunedRatio:F2}"), "peer, tuned", tuned);
            }

            if (result.TunedPeerInBfloat16 is { } both)
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"ratio {result.TunedRatioInBfloat16:F2}"), "tuned, bfloat16", both);
            }
        }

        return table;

        void Add(string document, string side, SideResult numbers) => table.AddRow(
        [
            document,
            side,
            .. new[]
            {
                numbers.EpochSeconds,
                numbers.PipelineSeconds,
                numbers.ModelSeconds,
                numbers.FirstEpochSeconds,
                numbers.StartSeconds,
            }.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)),
            numbers.PeakMegabytes.ToString("F0", CultureInfo.InvariantCulture),
        ]);
    }

    private static Table ProfilesOf(IReadOnlyList<DocumentBenchmark> results)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Our epoch, training only: seconds; 10^9 operations (a second)");
        table.AddColumns("Document", "loader wait", "forward", "backward", "optimiser", "an image", "achieved", "peak", "share");
        foreach (var (document, profile) in results.Select(result => (result.Document, result.Profile!)))
        {
            table.AddRow(
            [
                .. new[]
                {
                    profile.WaitSeconds,
                    profile.ForwardSeconds,
                    profile.BackwardSeconds,
                    profile.StepSeconds,
                    profile.ForwardGflop + profile.BackwardGflop,
                }.Select(value => value.ToString("F2", CultureInfo.InvariantCulture))
                    .Prepend(document.ToString(CultureInfo.InvariantCulture)),
                profile.AchievedGflops.ToString("F0", CultureInfo.InvariantCulture),
                profile.PeakGflops.ToString("F0", CultureInfo.InvariantCulture),
                (profile.AchievedGflops / profile.PeakGflops).ToString("P0", CultureInfo.InvariantCulture),
            ]);
        }

        return table;
    }

    private static int? Whole(string option, string? text, int least = 1, int most = int.MaxValue) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
        : throw new BenchmarkException(
            $"{option} is '{text}'; expected a whole number "
                + $"{(most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}.");
}
