using System.Globalization;
using CovidNotebooks.Display;
using Microsoft.Data.Analysis;

namespace CovidNotebooks.Runs;

/// <summary>A data frame as a table that needs no script and no extension.</summary>
public static class FrameTable
{
    private const int MostRows = 25;

    /// <summary>
    /// The first 25 rows of a frame, and how many there are. Numbers are written by <see cref="DisplayedNumber.Short"/>, a missing value is
    /// a dash.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">
    /// The columns to show, in this order; none for all. One that the frame lacks is left out: which settings exist depends on the runs.
    /// </param>
    public static Table Of(DataFrame frame, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(columns);
        var known = frame.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        DataFrameColumn[] shown = columns.Length == 0 ? [.. frame.Columns]
        : [.. columns.Where(known.ContainsKey).Select(name => known[name])];
        if (shown.Length == 0)
        {
            throw new ArgumentException(
                $"None of the columns {string.Join(", ", columns)} is in the frame. It has: {string.Join(", ", known.Keys)}.",
                nameof(columns));
        }

        var table = new Table(
            caption: null,
            [.. shown.Select(column => column.IsNumericColumn() ? TableColumn.Number(column.Name) : TableColumn.Text(column.Name))]);
        for (var row = 0L; row < Math.Min(frame.Rows.Count, MostRows); row++)
        {
            var at = row;
            table.Add([.. shown.Select(column => new TableCell(Text(column[at])))]);
        }

        return frame.Rows.Count > MostRows
            ? table.Note(string.Create(CultureInfo.InvariantCulture, $"{MostRows} of {frame.Rows.Count} rows."))
            : table;
    }

    private static string Text(object? value) => value switch
    {
        null => DisplayedNumber.None,
        double number => DisplayedNumber.Short(number),
        string text => DisplayedSetting.Text(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? DisplayedNumber.None,
    };
}
