using CovidNotebooks.Recording;

namespace CovidNotebooks.Cli.Running;

/// <summary>The part of the README that is made from the published runs: what stands between two marks.</summary>
internal static class ReadmeResults
{
    public const string Begin = "<!-- results: written by ./kit runs results --write -->";
    public const string End = "<!-- end of results -->";

    /// <summary>What stands between the marks.</summary>
    /// <exception cref="RunRequestException">A mark is missing.</exception>
    public static string Read(string readme, string beginMark = Begin, string endMark = End)
    {
        var (begin, end) = Place(readme, beginMark, endMark);
        return readme[begin..end].Trim('\n') + "\n";
    }

    /// <summary>Replaces what stands between the marks, beside the file and renamed.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="RunRequestException">The file or a mark is missing.</exception>
    public static bool Write(string path, string tables, string beginMark = Begin, string endMark = End)
    {
        if (!File.Exists(path))
        {
            throw new RunRequestException(
                $"There is no {Path.GetFileName(path)} to write the tables into. Run the command in a clone of the repository.");
        }

        var readme = File.ReadAllText(path);
        var (begin, end) = Place(readme, beginMark, endMark);
        var written = $"{readme[..begin]}\n\n{tables.Trim('\n')}\n\n{readme[end..]}";
        if (string.Equals(written, readme, StringComparison.Ordinal))
        {
            return false;
        }

        WholeFile.Write(path, written);
        return true;
    }

    private static (int Begin, int End) Place(string readme, string beginMark, string endMark)
    {
        var begin = readme.IndexOf(beginMark, StringComparison.Ordinal);
        var end = readme.IndexOf(endMark, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? (begin + beginMark.Length, end)
            : throw new RunRequestException(
                $"The README has no place for the tables: a line '{beginMark}' and, below it, a line '{endMark}' were expected. Put both "
                    + "where the tables should stand.");
    }
}
