using System.Text;

namespace CovidNotebooks.Data;

/// <summary>A record of a CSV file.</summary>
/// <param name="Number">The line on which it starts, from 1.</param>
/// <param name="Fields">Its fields; null for an empty field without quotes.</param>
internal sealed record CsvRecord(int Number, IReadOnlyList<string?> Fields);

/// <summary>RFC 4180, strictly: what is not CSV is an error that names its line.</summary>
internal static class CsvReader
{
    public static List<CsvRecord> Read(string text)
    {
        var lines = new List<CsvRecord>();
        var position = 0;
        var lineNumber = 1;
        while (position < text.Length)
        {
            var start = lineNumber;
            var fields = new List<string?>();
            do
            {
                fields.Add(text.Length > position && text[position] == '"' ? Quoted(text, ref position, ref lineNumber) : Plain(text, ref position));
            }
            while (Continues(text, ref position, lineNumber));
            lineNumber++;
            lines.Add(new CsvRecord(start, fields));
        }

        return lines;
    }

    private static bool Continues(string text, ref int position, int lineNumber)
    {
        if (position >= text.Length)
        {
            throw new InvalidDataException($"Line {lineNumber} has no end: the file was cut.");
        }

        if (text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n')
        {
            position++;
        }

        return text[position++] switch
        {
            ',' => true,
            '\n' => false,
            var other => throw new InvalidDataException($"Line {lineNumber} has '{other}' after a quoted field; a comma or the line's end was expected."),
        };
    }

    private static string? Plain(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not (',' or '\n' or '\r'))
        {
            position++;
        }

        return position == start ? null : text[start..position];
    }

    private static string Quoted(string text, ref int position, ref int lineNumber)
    {
        var field = new StringBuilder();
        var opened = lineNumber;
        for (position++; position < text.Length; position++)
        {
            var letter = text[position];
            if (letter == '"')
            {
                if (position + 1 >= text.Length || text[position + 1] != '"')
                {
                    position++;
                    return field.ToString();
                }

                position++;
            }
            else if (letter == '\n')
            {
                lineNumber++;
            }

            field.Append(letter);
        }

        throw new InvalidDataException($"The quote that opens on line {opened} is never closed: the file was cut.");
    }
}
