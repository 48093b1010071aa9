using nietras.SeparatedValues;

namespace CovidNotebooks.Data;

/// <summary>A record of a CSV file.</summary>
/// <param name="Number">The line on which it starts, from 1.</param>
/// <param name="Fields">Its fields; null for an empty field without quotes.</param>
internal sealed record CsvRecord(int Number, IReadOnlyList<string?> Fields);

/// <summary>RFC 4180, strictly: what is not CSV is an error that names its line.</summary>
internal static class CsvReader
{
    /// <exception cref="InvalidDataException">The text is no CSV, or was cut.</exception>
    public static List<CsvRecord> Read(string text)
    {
        var records = new List<CsvRecord>();

        // Quotes are kept: only they tell an empty field ("") from a missing one.
        using var reader = Sep.New(',').Reader(
            options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = false }).FromText(text);
        foreach (var row in reader)
        {
            var (fields, line) = (new string?[row.ColCount], row.LineNumberFrom);
            for (var i = 0; i < fields.Length; i++)
            {
                var written = row[i].Span;
                fields[i] = written.Length == 0 ? null : Unquoted(written, line);
                line += written.Count('\n');
            }

            records.Add(new CsvRecord(row.LineNumberFrom, fields));
        }

        return text.Length == 0 || text[^1] == '\n'
            ? records
            : throw new InvalidDataException($"Line {text.AsSpan().Count('\n') + 1} has no end: the file was cut.");
    }

    private static string Unquoted(ReadOnlySpan<char> written, int line)
    {
        if (written[0] != '"')
        {
            return written.Contains('"')
                ? throw new InvalidDataException(
                    $"Line {line} has a quote inside a field without quotes; quotes stand around the whole field.")
                : written.ToString();
        }

        for (var i = 1; i < written.Length; i++)
        {
            if (written[i] == '"' && i + 1 == written.Length)
            {
                return written[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
            }

            if (written[i] == '"' && written[++i] != '"')
            {
                throw new InvalidDataException(
                    $"Line {line} has '{written[i]}' after a quoted field; a comma or the line's end was expected.");
            }
        }

        throw new InvalidDataException($"The quote that opens on line {line} is never closed: the file was cut.");
    }
}
