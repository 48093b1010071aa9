using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>Adding rows: to a copy, unless it is to be done in place.</summary>
public partial class DataFrame
{
    public DataFrame Append(IEnumerable<object?>? row = null, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        var values = row?.ToList() ?? [];
        if (values.Count > Columns.Count)
        {
            throw new ArgumentException($"The row has {values.Count} values and the frame has {Columns.Count} columns.", nameof(row));
        }

        return Appended([[.. values.Select((value, i) => IsMissing(value, Columns[i]) ? null : value)]], inPlace, cultureInfo);
    }

    public DataFrame Append(IEnumerable<KeyValuePair<string, object?>> row, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        var values = new object?[Columns.Count];
        foreach (var (name, value) in row)
        {
            values[Columns.IndexOf(Columns[name])] = value;
        }

        return Appended([values], inPlace, cultureInfo);
    }

    public DataFrame Append(IEnumerable<DataFrameRow> rows, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Appended([.. rows.Select(row => (IReadOnlyList<object?>)[.. row])], inPlace, cultureInfo);
    }

    /// <summary>By position, the text "null" is a missing value, and so is an empty text in a column of anything but texts.</summary>
    private static bool IsMissing(object? value, DataFrameColumn column) =>
        value is string text && (string.Equals(text, "null", StringComparison.OrdinalIgnoreCase) || (text.Length == 0 && column.DataType != typeof(string)));

    /// <summary>Every value is converted before the first is appended, so that a bad one changes nothing.</summary>
    private DataFrame Appended(IReadOnlyList<IReadOnlyList<object?>> rows, bool inPlace, CultureInfo? cultureInfo)
    {
        var culture = cultureInfo ?? CultureInfo.CurrentCulture;
        var frame = inPlace ? this : Clone();
        var converted = rows.Select(row => frame.Columns.Select((column, i) => column.Convert(i < row.Count ? row[i] : null, culture)).ToList()).ToList();
        foreach (var row in converted)
        {
            for (var i = 0; i < row.Count; i++)
            {
                frame.Columns[i].AppendObject(row[i], culture);
            }
        }

        return frame;
    }
}
