using System.Text.RegularExpressions;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>Reads texts as lines with numbers: the tables that the library prints, cards, code, sentences.</summary>
internal static partial class SourceRows
{
    /// <summary>The lines of a text that hold numbers.</summary>
    /// <param name="text">As printed: a title, tables whose headers are underlined with hyphens, lines of text.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="section">The section of the notebook; null for none.</param>
    /// <param name="about">Words that hold for all of it.</param>
    /// <param name="cell">Which cell printed it; null for none.</param>
    public static IEnumerable<SourceRow> Of(string text, string place, string? section, string about = "", int? cell = null)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var title = "";
        (string Line, List<(int Start, int End)> Columns)? header = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (string.IsNullOrWhiteSpace(line))
            {
                (title, header) = ("", null);
                continue;
            }

            if (i > 0 && Underline().IsMatch(line))
            {
                header = (lines[i - 1], [.. Hyphens().Matches(line).Select(match => (match.Index, match.Index + match.Length))]);
                continue;
            }

            header = header is { } table && IsRowOf(line, table.Columns) ? header : null;
            title = title.Length == 0 ? line : title;
            if (Row(line, place, section, cell, header, $"{about} {title}") is { } row)
            {
                yield return row;
            }
        }
    }

    private static SourceRow? Row(
        string line, string place, string? section, int? cell, (string Line, List<(int Start, int End)> Columns)? header, string about)
    {
        var numbers = NumberInText.In(line);
        if (numbers.Count == 0)
        {
            return null;
        }

        return new SourceRow(place, line.Trim(), section, cell, Vocabulary.Of($"{about} {line}"),
            [.. numbers.Select(number => new SourceNumber(
                number with { Start = number.Start - (line.Length - line.TrimStart().Length) },
                Called(number),
                Vocabulary.Beside(line, number),
                IsBound(line, number)))]);

        IReadOnlySet<string> Called(NumberInText number)
        {
            if (header is not { } table)
            {
                return Vocabulary.Of(Clause(line, number));
            }

            var column = table.Columns.FindIndex(place => place.Start - 1 <= number.Start && number.Start <= place.End);
            return Vocabulary.Of(column < 0 ? Clause(line, number)
                : $"{Cut(line, table.Columns[0])} {Cut(table.Line, table.Columns[column])} {Cut(line, table.Columns[column])}");
        }
    }

    /// <summary>Whether a line leaves the blanks between the columns blank; a note under the table does not.</summary>
    private static bool IsRowOf(string line, List<(int Start, int End)> columns) =>
        columns.Zip(columns.Skip(1)).All(pair => string.IsNullOrWhiteSpace(Cut(line, (pair.First.End, pair.Second.Start))));

    /// <summary>The part of a line between semicolons and sentence ends that a number stands in.</summary>
    private static string Clause(string line, NumberInText number)
    {
        var ends = EndOfClause().Matches(line).Select(match => match.Index).ToList();
        var start = ends.LastOrDefault(end => end < number.Start);
        return line[start..(ends.Find(end => end >= number.End) is var end and > 0 ? end : line.Length)];
    }

    private static string Cut(string line, (int Start, int End) place) =>
        line[Math.Min(place.Start, line.Length)..Math.Min(place.End, line.Length)];

    private static bool IsBound(string line, NumberInText number) =>
        Intervals().Matches(line).Any(match => match.Index < number.Start && number.Start < match.Index + match.Length);

    [GeneratedRegex(@"^\s*-{2,}(\s+-{2,})*\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Underline();

    [GeneratedRegex(@";|[.!?](?=\s)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfClause();

    [GeneratedRegex("-{2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hyphens();

    [GeneratedRegex(
        @"\[(?=[^\]]*\.)\s*[-−]?[0-9]*\.?[0-9]+\s*,\s*[-−]?[0-9]*\.?[0-9]+\s*\]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Intervals();
}
