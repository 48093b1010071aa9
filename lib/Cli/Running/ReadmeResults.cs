using CovidNotebooks.Recording;
using CovidNotebooks.Reporting;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// The part of README.md (the short table) and of data/published-runs/README.md (the long ones) that is made from the published runs: what
/// stands between two marks.
/// </summary>
internal static class ReadmeResults
{
    public const string Begin = "<!-- results: written by ./kit runs results --write -->";
    public const string End = "<!-- end of results -->";

    /// <summary>The two files, and what belongs into each.</summary>
    public static IReadOnlyList<(string Path, string Tables)> Of(Checkout checkout, DocumentResults results) =>
        [(checkout.Readme, results.ToSummaryMarkdown()), (checkout.PublishedReadme, results.ToMarkdown())];

    /// <summary>What stands between the marks of a file.</summary>
    /// <exception cref="RunRequestException">The file or a mark is missing.</exception>
    public static string Read(string path)
    {
        var (readme, begin, end) = Place(path);
        return readme[begin..end].Trim('\n') + "\n";
    }

    /// <summary>Replaces what stands between the marks, beside the file and renamed.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="RunRequestException">The file or a mark is missing.</exception>
    public static bool Write(string path, string tables)
    {
        var (readme, begin, end) = Place(path);
        var written = $"{readme[..begin]}\n\n{tables.Trim('\n')}\n\n{readme[end..]}";
        if (string.Equals(written, readme, StringComparison.Ordinal))
        {
            return false;
        }

        WholeFile.Write(path, written);
        return true;
    }

    private static (string Text, int Begin, int End) Place(string path)
    {
        if (!File.Exists(path))
        {
            throw new RunRequestException($"There is no {path} to hold the tables. Run the command in a clone of the repository.");
        }

        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? (text, begin + Begin.Length, end)
            : throw new RunRequestException(
                $"{path} has no place for the tables: a line '{Begin}' and, below it, a line '{End}' were expected. Put both "
                    + "where the tables should stand.");
    }
}
