using System.Globalization;

namespace CovidNotebooks.Data;

/// <summary>A CSV file (RFC 4180) whose first line names its columns.</summary>
/// <param name="Columns">The names, without spaces around them.</param>
/// <param name="Rows">The other lines; each has as many fields as there are columns.</param>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<CsvRecord> Rows)
{
    /// <summary>Reads a text, with or without a byte order mark and an end of its last line; empty lines are left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="needed">Columns that must be there.</param>
    /// <param name="expected">The end of the message when one is not: what file was expected.</param>
    /// <exception cref="DataException">
    /// It is no CSV, a column is missing, or a line has another number of fields than the first; the message names it.
    /// </exception>
    public static CsvTable Parse(string text, string name, IReadOnlyList<string> needed, string expected)
    {
        List<CsvRecord> records;
        try
        {
            var whole = text.TrimStart('\uFEFF');
            records = CsvReader.Read(whole.Length == 0 || whole.EndsWith('\n') ? whole : whole + "\n");
        }
        catch (InvalidDataException broken)
        {
            throw new DataException($"{name} cannot be read: {broken.Message}", broken);
        }

        CsvRecord[] lines = [.. records.Where(record => record.Fields is not [null])];
        string[] columns = lines.Length == 0 ? [] : [.. lines[0].Fields.Select(field => field?.Trim() ?? "")];
        var table = new CsvTable(columns, [.. lines.Skip(1)]);
        if (needed.Where(column => table.IndexOf(column) < 0).ToArray() is { Length: > 0 } missing)
        {
            throw new DataException(
                $"{name} has no column {string.Join(", ", missing)}. Found: "
                    + $"{(columns.Length == 0 ? "nothing" : string.Join(", ", columns))}. {expected}");
        }

        return table.Rows.FirstOrDefault(row => row.Fields.Count != columns.Length) is { } wrong
            ? throw new DataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {wrong.Number} of {name} has {wrong.Fields.Count} fields; the first line names {columns.Length}. The file "
                        + $"was cut or edited."))
            : table;
    }

    /// <summary>Where a column stands, upper and lower case alike; -1 when there is none.</summary>
    public int IndexOf(string column) =>
        Columns.ToList().FindIndex(found => string.Equals(found, column, StringComparison.OrdinalIgnoreCase));
}
