using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>Fields of comma-separated text; quoted fields may hold separators, quotation marks (doubled) and line breaks.</summary>
internal static class CsvText
{
    public static IEnumerable<List<string>> Read(TextReader reader, char separator)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        var (quoted, started) = (false, false);
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            var character = (char)next;
            if (quoted)
            {
                if (character != '"')
                {
                    field.Append(character);
                }
                else if (reader.Peek() == '"')
                {
                    field.Append((char)reader.Read());
                }
                else
                {
                    quoted = false;
                }
            }
            else if (character == '"' && field.Length == 0)
            {
                (quoted, started) = (true, true);
            }
            else if (character == separator)
            {
                row.Add(field.ToString());
                field.Clear();
                started = true;
            }
            else if (character == '\n')
            {
                if (started || field.Length > 0)
                {
                    row.Add(field.ToString());
                    yield return row;
                }

                (row, started) = ([], false);
                field.Clear();
            }
            else if (character != '\r')
            {
                field.Append(character);
                started = true;
            }
        }

        if (quoted)
        {
            throw new FormatException("A quoted field is not closed before the end of the text.");
        }

        if (started || field.Length > 0)
        {
            row.Add(field.ToString());
            yield return row;
        }
    }

    public static string Field(string value, char separator) =>
        value.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) >= 0 ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
