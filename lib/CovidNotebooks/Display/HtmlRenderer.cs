using System.Globalization;
using System.Net;
using System.Text;

namespace CovidNotebooks.Display;

/// <summary>
/// A document as HTML that stands alone: no script, no network, inline styles that fit light and dark pages. What comes from files is
/// encoded.
/// </summary>
internal static class HtmlRenderer
{
    private const string CellStyle = "padding:3px 10px;border-bottom:1px solid rgba(128,128,128,.35);vertical-align:top;";

    public static string Render(DisplayDocument document)
    {
        var html = new StringBuilder();
        Append(html, document);
        return html.ToString();
    }

    private static void Append(StringBuilder html, DisplayDocument document)
    {
        foreach (var block in document.Blocks)
        {
            Append(html, block);
        }
    }

    private static void Append(StringBuilder html, DisplayBlock block)
    {
        switch (block)
        {
            case Paragraph paragraph:
                html.Append("<p ").Append(paragraph.Kind == ParagraphKind.Warning ? "role=\"note\" " : "")
                    .Append("style=\"flex-basis:100%;").Append(Style(paragraph.Kind)).Append("\">")
                    .Append(Encoded(paragraph.Text)).Append("</p>\n");
                break;
            case Heading heading:
                html.Append("<h1 style=\"font-size:20px;margin:4px 0\">").Append(Encoded(heading.Text)).Append("</h1>\n");
                break;
            case BulletList list:
                html.Append("<ul style=\"flex-basis:100%;margin:4px 0;padding-left:18px\">")
                    .AppendJoin("", list.Items.Select(item => $"<li>{Encoded(item)}</li>")).Append("</ul>\n");
                break;
            case Card card:
                AppendTable(html, card.AsTable());
                break;
            case Table { SideBySide: > 1 } table:
                // Over all columns: a caption makes its own table as wide as itself.
                html.Append(table.Caption is null ? ""
                    : $"<p style=\"flex-basis:100%;margin:6px 0 0;font-weight:600\">{Encoded(table.Caption)}</p>\n");
                html.Append(CultureInfo.InvariantCulture,
                    $"<div style=\"flex-basis:100%;display:grid;grid-template-columns:repeat({table.SideBySide},minmax(0,1fr));gap:0 "
                        + $"28px;align-items:start\">");
                Parts(table).ForEach(part => AppendTable(html, part));
                html.Append("</div>\n");
                break;
            case Table table:
                AppendTable(html, table);
                break;
            case Section section:
                html.Append("<section><h2 style=\"font-size:15px;margin:12px 0 2px;border-bottom:1px solid rgba(128,128,128,.5)\">")
                    .Append(Encoded(section.Title))
                    .Append("</h2>\n<div style=\"display:flex;flex-wrap:wrap;gap:0 28px;align-items:flex-start\">\n");
                Append(html, section.Content);
                html.Append("</div></section>\n");
                break;
            case Folded folded:
                html.Append("<details style=\"margin:4px 0;flex-basis:100%\"><summary style=\"cursor:pointer;font-size:13px\">")
                    .Append(Encoded(folded.Summary)).Append("</summary>\n");
                Append(html, folded.Content);
                html.Append("</details>\n");
                break;
            case Drawing drawing:
                html.Append("<div class=\"report-block\">").Append(drawing.Svg).Append("</div>\n");
                break;
            default:
                throw new ArgumentException($"There is no HTML for a {block.GetType().Name}. Add a case to {nameof(HtmlRenderer)}.",
                    nameof(block));
        }
    }

    private static string Style(ParagraphKind kind) => kind switch
    {
        ParagraphKind.Finding => "margin:6px 0;font-weight:600",
        ParagraphKind.Warning => "margin:4px 0;border-left:4px solid #d1700f;padding:2px 8px",
        ParagraphKind.Note => "margin:2px 0;font-size:12px;opacity:.8",
        _ => "margin:4px 0",
    };

    private static void AppendTable(StringBuilder html, Table table)
    {
        html.Append(
            "<div class=\"report-block\" style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;margin:6px "
                + "0;font-size:13px;color:inherit;background:transparent;\">");
        if (table.Caption is not null)
        {
            html.Append("<caption style=\"caption-side:top;text-align:left;white-space:nowrap;font-weight:600;")
                .Append("padding:4px 0;color:inherit;\">").Append(Encoded(table.Caption)).Append("</caption>");
        }

        html.Append("<thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Append("<th scope=\"col\" style=\"").Append(CellStyle).Append(AlignmentStyle(column)).Append("font-weight:600;\">")
                .Append(Encoded(column.Header)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            html.Append("<tr style=\"background:transparent;\">");
            for (var i = 0; i < row.Count; i++)
            {
                html.Append("<td style=\"").Append(CellStyle).Append(AlignmentStyle(table.Columns[i])).Append(EmphasisStyle(row[i]))
                    .Append("\">").Append(Encoded(row[i].Text)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
        foreach (var note in table.Notes)
        {
            html.Append("<div style=\"font-size:12px;opacity:.8;\">").Append(Encoded(note)).Append("</div>");
        }

        html.Append("</div>\n");
    }

    /// <summary>The rows in as many tables as stand beside each other; notes below the last.</summary>
    private static List<Table> Parts(Table table)
    {
        var rows = Math.Max(1, (table.Rows.Count + table.SideBySide - 1) / table.SideBySide);
        List<Table> parts = [.. table.Rows.Chunk(rows).DefaultIfEmpty([]).Select(chunk => table.Part(null, chunk))];
        foreach (var note in table.Notes)
        {
            parts[^1].Note(note);
        }

        return parts;
    }

    private static string AlignmentStyle(TableColumn column) =>
        column.Alignment == CellAlignment.Right ? "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;"
            : "text-align:left;";

    private static string EmphasisStyle(TableCell cell)
    {
        var style = cell.Strong ? "font-weight:600;" : string.Empty;
        return cell.Shade > 0
            ? style + string.Create(CultureInfo.InvariantCulture, $"background:rgba(64,132,196,{Math.Min(cell.Shade, 1) * 0.6:0.###});")
            : style;
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
