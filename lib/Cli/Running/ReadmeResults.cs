using CovidNotebooks.Cli.Benchmarking;
using CovidNotebooks.Recording;
using CovidNotebooks.Reporting;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// The parts of README.md (the short table, the measured speeds) and of data/published-runs/README.md (the long tables) that are made from
/// published runs and measurements: what stands between two marks.
/// </summary>
internal static class ReadmeResults
{
    public const string Begin = "<!-- results: written by ./kit runs results --write -->";
    public const string End = "<!-- end of results -->";

    /// <summary>The places, and what belongs into each; that of the speeds where a measurement is kept.</summary>
    /// <exception cref="BenchmarkException">The kept measurement cannot be read.</exception>
    public static IReadOnlyList<Part> Of(Checkout checkout, DocumentResults results) =>
    [
        new(checkout.Readme, Begin, End, results.ToSummaryMarkdown()),
        new(checkout.PublishedReadme, Begin, End, results.ToMarkdown()),
        .. File.Exists(checkout.MeasuredSpeeds)
            ? new[]
            {
                new Part(
                    checkout.Readme, SpeedTable.BeginMark, SpeedTable.EndMark, SpeedTable.Of(BenchmarkFile.Read(checkout.MeasuredSpeeds))),
            }
            : [],
    ];

    /// <summary>What stands between the marks of a file.</summary>
    /// <exception cref="RunRequestException">The file or a mark is missing.</exception>
    public static string Read(string path, string beginMark = Begin, string endMark = End)
    {
        var (readme, begin, end) = Place(path, beginMark, endMark);
        return readme[begin..end].Trim('\n') + "\n";
    }

    /// <summary>Replaces what stands between the marks, beside the file and renamed.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="RunRequestException">The file or a mark is missing.</exception>
    public static bool Write(string path, string tables, string beginMark = Begin, string endMark = End)
    {
        var (readme, begin, end) = Place(path, beginMark, endMark);
        var written = $"{readme[..begin]}\n\n{tables.Trim('\n')}\n\n{readme[end..]}";
        if (string.Equals(written, readme, StringComparison.Ordinal))
        {
            return false;
        }

        WholeFile.Write(path, written);
        return true;
    }

    private static (string Text, int Begin, int End) Place(string path, string beginMark, string endMark)
    {
        if (!File.Exists(path))
        {
            throw new RunRequestException($"There is no {path} to hold the tables. Run the command in a clone of the repository.");
        }

        var text = File.ReadAllText(path);
        var begin = text.IndexOf(beginMark, StringComparison.Ordinal);
        var end = text.IndexOf(endMark, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? (text, begin + beginMark.Length, end)
            : throw new RunRequestException(
                $"{path} has no place for the tables: a line '{beginMark}' and, below it, a line '{endMark}' were expected. Put both "
                    + "where the tables should stand.");
    }

    /// <summary>What belongs between two marks of a file.</summary>
    internal sealed record Part(string Path, string BeginMark, string EndMark, string Tables)
    {
        /// <summary>What stands there.</summary>
        public string Read() => ReadmeResults.Read(Path, BeginMark, EndMark);

        /// <summary>Puts it there.</summary>
        /// <returns>Whether the file changed.</returns>
        public bool Write() => ReadmeResults.Write(Path, Tables, BeginMark, EndMark);
    }
}
