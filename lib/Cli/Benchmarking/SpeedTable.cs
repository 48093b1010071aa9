using System.Globalization;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>The README's table of speeds, from one file of <c>kit bench --json</c>.</summary>
internal static class SpeedTable
{
    /// <summary>The line of the README above the table.</summary>
    public const string BeginMark = "<!-- speed: written by ./kit runs results --write -->";

    /// <summary>The line below it.</summary>
    public const string EndMark = "<!-- end of speed -->";

    /// <summary>What stands there while there is no file.</summary>
    public const string NotMeasured = "No measurement is kept yet: tests/benchmarks/README.md names the call that makes one.";

    private const string Heading =
        "| document | an epoch | ratio | ratio, tuned PyTorch | ratio, ours in bfloat16 | ratio, tuned PyTorch, both in bfloat16 "
            + "| our memory | PyTorch's | without loaders | epochs | measured |\n"
            + "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n";

    /// <summary>The measured ratios as Markdown, with the processor's name and how much was measured when.</summary>
    public static string Of(BenchmarkFile file)
    {
        var cpus = string.Join("; ", file.Documents.Select(result => result.Cpu).Distinct());
        var ours = string.Join(", ", file.Documents.Select(result => result.Ours.Torch).Distinct());
        var theirs = string.Join(", ", file.Documents.Select(result => result.Peer?.Torch).OfType<string>().Distinct());
        var lines = file.Documents.Select(result =>
            $"| {result.Document} | {Epoch(result)} | {Number(result.Ratio, "F2")} | {Number(result.TunedRatio, "F2")} "
                + $"| {Number(result.RatioInBfloat16, "F2")} | {Number(result.TunedRatioInBfloat16, "F2")} "
                + $"| {Number(result.Ours.PeakMegabytes, "F0")} | {Number(result.Peer?.PeakMegabytes, "F0")} "
                + $"| {Number(result.Peer?.ProcessMegabytes, "F0")} | {result.Epochs} | {Date(result)} |\n");
        return $"""
            {cpus}; libtorch {ours}{(theirs.Length > 0 ? $" beside PyTorch {theirs}" : "")}. Medians of epochs that all took in turns,
            after one that does not count. A ratio is our epoch's time divided by PyTorch's: below 1 ours is faster. In the column of ours
            in bfloat16 PyTorch computes in float32. Memory is the peak in MB, in float32; PyTorch's loaders are processes, of which only
            what they do not share with it counts. Where an epoch is cut to some of its training batches, its validation is cut by the same
            share.


            """.ReplaceLineEndings("\n") + Heading + string.Concat(lines);
    }

    private static string Epoch(DocumentBenchmark result)
    {
        var of = result.Phantoms is null ? "images" : "phantoms, not the document's images";
        var part = result.Batches switch { null => "whole", 1 => "cut to 1 batch", { } batches => $"cut to {batches} batches" };
        return $"{part}: {Number(result.Images, "N0")} {of}";
    }

    private static string Date(DocumentBenchmark result) => result.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
