using System.Globalization;
using CovidNotebooks.Display;
using Microsoft.Data.Analysis;

namespace CovidNotebooks.Interactive;

/// <summary>A data frame as a table that needs no script: its first rows, and how many there are.</summary>
internal static class DataFrameTable
{
    private const int MostRows = 25;

    public static HtmlTable Of(DataFrame frame)
    {
        var columns = frame.Columns.Select(column => column.IsNumericColumn() ? TableColumn.Number(column.Name) : TableColumn.Text(column.Name));
        var table = new HtmlTable(caption: null, [.. columns]);
        foreach (var row in frame.Rows.Take(MostRows))
        {
            table.Add([.. row.Select(value => new TableCell(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null"))]);
        }

        return frame.Rows.Count > MostRows ? table.Note($"{MostRows} of {frame.Rows.Count} rows.") : table;
    }
}
