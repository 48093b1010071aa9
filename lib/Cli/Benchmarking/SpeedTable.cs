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

    /// <summary>The measured ratios as Markdown, with the processor's name and what was measured.</summary>
    public static string Of(BenchmarkFile file)
    {
        var first = file.Documents[0];
        var cut = (file.Phantoms, file.Batches) switch
        {
            (null, null) => "whole epochs of the documents' images",
            (null, { } batches) => $"at most {Counted(batches)} an epoch",
            ({ } phantoms, null) => $"{phantoms} phantoms a class, not the documents' images",
            ({ } phantoms, { } batches) => $"{phantoms} phantoms a class, not the documents' images, at most {Counted(batches)} an epoch",
        };
        var torch = first.Peer is { } peer ? $"libtorch {first.Ours.Torch} beside PyTorch {peer.Torch}" : $"libtorch {first.Ours.Torch}";
        var lines = file.Documents.Select(result =>
            $"| {result.Document} | {Number(result.Images, "F0")} | {Number(result.Ratio, "F2")} | {Number(result.TunedRatio, "F2")} "
                + $"| {Number(result.Ours.PeakMegabytes, "F0")} | {Number(result.Peer?.PeakMegabytes, "F0")} "
                + $"| {Number(result.Peer?.ProcessMegabytes, "F0")} |\n");
        var date = file.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"""
            {date}, {first.Cpu}, {torch}; {cut}, {file.Epochs} epochs in turns after one that does not count, medians.
            A ratio is our epoch's time divided by PyTorch's: below 1 ours is faster. Memory is the peak in MB; PyTorch's loaders are
            processes, of which only what they do not share with it counts.

            | document | images an epoch | ratio | ratio, tuned PyTorch | our memory | PyTorch's, loaders counted | without loaders |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |

            """.ReplaceLineEndings("\n") + string.Concat(lines);
    }

    private static string Counted(int batches) => batches == 1 ? "1 batch" : $"{batches} batches";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
