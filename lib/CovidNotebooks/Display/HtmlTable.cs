using System.Globalization;
using System.Net;
using System.Text;

namespace CovidNotebooks.Display;

/// <summary>A table that shows itself as HTML (inline styles, readable on light and on dark pages) and as aligned lines of text.</summary>
/// <param name="caption">What the table is of, or null.</param>
/// <param name="columns">Its columns, from left to right; at least one.</param>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class HtmlTable(string? caption, params TableColumn[] columns) : IDisplayed
{
    private const string CellStyle = "padding:3px 10px;border-bottom:1px solid rgba(128,128,128,.35);vertical-align:top;";

    private readonly TableColumn[] columns = columns.Length > 0
        ? columns
        : throw new ArgumentException("A table needs at least one column, none was given. Name the columns after the caption.", nameof(columns));

    private readonly List<TableCell[]> rows = [];
    private readonly List<string> notes = [];

    /// <summary>What the table is of, or null.</summary>
    public string? Caption { get; } = caption;

    /// <summary>The columns, from left to right.</summary>
    public IReadOnlyList<TableColumn> Columns => columns;

    /// <summary>The rows in the order in which they were added; each has one cell a column.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows => rows;

    /// <summary>Lines below the table.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One cell a column.</param>
    /// <returns>This table, so that calls can be chained.</returns>
    /// <exception cref="ArgumentException">The number of cells is not the number of columns.</exception>
    public HtmlTable Add(params TableCell[] cells)
    {
        if (cells.Length != columns.Length)
        {
            var headers = string.Join(", ", columns.Select(column => column.Header));
            throw new ArgumentException($"The row has {cells.Length} cells, the table {columns.Length} columns ({headers}). Give one cell a column.", nameof(cells));
        }

        rows.Add(cells);
        return this;
    }

    /// <summary>Adds a line below the table.</summary>
    /// <param name="note">Plain text; encoded when it is written as HTML.</param>
    /// <returns>This table, so that calls can be chained.</returns>
    public HtmlTable Note(string note)
    {
        notes.Add(note);
        return this;
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder("<table style=\"border-collapse:collapse;margin:6px 0;font-size:13px;color:inherit;background:transparent;\">");
        if (Caption is not null)
        {
            html.Append("<caption style=\"caption-side:top;text-align:left;white-space:nowrap;font-weight:600;padding:4px 0;color:inherit;\">").Append(WebUtility.HtmlEncode(Caption)).Append("</caption>");
        }

        html.Append("<thead><tr>");
        foreach (var column in columns)
        {
            html.Append("<th scope=\"col\" style=\"").Append(CellStyle).Append(AlignmentStyle(column)).Append("font-weight:600;\">").Append(WebUtility.HtmlEncode(column.Header)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr style=\"background:transparent;\">");
            for (var i = 0; i < row.Length; i++)
            {
                html.Append("<td style=\"").Append(CellStyle).Append(AlignmentStyle(columns[i])).Append(EmphasisStyle(row[i])).Append("\">").Append(WebUtility.HtmlEncode(row[i].Text)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
        foreach (var note in notes)
        {
            html.Append("<div style=\"font-size:12px;opacity:.8;\">").Append(WebUtility.HtmlEncode(note)).Append("</div>");
        }

        return html.ToString();
    }

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Text.Length).Append(column.Header.Length).Max()).ToArray();
        var text = new StringBuilder();
        if (Caption is not null)
        {
            text.Append(Caption).Append('\n');
        }

        AppendLine(text, widths, i => columns[i].Header);
        text.Append(string.Join("  ", widths.Select(width => new string('-', width)))).Append('\n');
        foreach (var row in rows)
        {
            AppendLine(text, widths, i => row[i].Text);
        }

        foreach (var note in notes)
        {
            text.Append(note).Append('\n');
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private static string AlignmentStyle(TableColumn column) =>
        column.Alignment == CellAlignment.Right ? "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;" : "text-align:left;";

    private static string EmphasisStyle(TableCell cell)
    {
        var style = cell.Strong ? "font-weight:600;" : string.Empty;
        return cell.Shade > 0
            ? style + string.Create(CultureInfo.InvariantCulture, $"background:rgba(64,132,196,{Math.Min(cell.Shade, 1) * 0.6:0.###});")
            : style;
    }

    private void AppendLine(StringBuilder text, int[] widths, Func<int, string> cell)
    {
        var line = string.Join("  ", columns.Select((column, i) => column.Alignment == CellAlignment.Right ? cell(i).PadLeft(widths[i]) : cell(i).PadRight(widths[i])));
        text.Append(line.TrimEnd()).Append('\n');
    }
}
