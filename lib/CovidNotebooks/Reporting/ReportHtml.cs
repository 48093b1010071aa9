using System.Globalization;
using System.Net;
using System.Text;
using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>A report as HTML: no script, no network, nothing outside the page. What comes from files is encoded.</summary>
internal static class ReportHtml
{
    // Tables carry inline styles for notebooks; on paper they are smaller.
    private const string Style = """
        body{font-family:Helvetica,Arial,sans-serif;font-size:12px;line-height:1.35;color:#222;max-width:1000px;margin:16px auto;padding:0 16px}
        @page{size:A4;margin:11mm}
        @media print{
          body{font-size:8.5px;line-height:1.25;margin:0;padding:0;max-width:none}
          table{font-size:7.5px !important;margin:2px 0 !important}
          th,td{padding:.5px 5px !important}
          caption{padding:1px 0 !important}
          h1{font-size:15px !important}
          h2{font-size:11px !important;margin:6px 0 1px !important}
          p,ul{margin:2px 0 !important}
          svg{width:250px;height:auto}
          tr,h2,.report-block{break-inside:avoid}
          h2{break-after:avoid}
        }
        """;

    /// <summary>A whole page.</summary>
    public static string Page(string title, IReadOnlyList<ReportSection> sections) =>
        $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Encoded(title)}</title>\n<style>\n{Style}\n</style></head>\n<body>\n{Fragment(title, sections)}</body></html>\n";

    /// <summary>What stands in the page, or in a notebook's output.</summary>
    public static string Fragment(string title, IReadOnlyList<ReportSection> sections)
    {
        var html = new StringBuilder().Append("<h1 style=\"font-size:20px;margin:4px 0\">").Append(Encoded(title)).Append("</h1>\n");
        foreach (var section in sections)
        {
            html.Append("<section><h2 style=\"font-size:15px;margin:12px 0 2px;border-bottom:1px solid rgba(128,128,128,.5)\">").Append(Encoded(section.Title)).Append("</h2>\n<div style=\"display:flex;flex-wrap:wrap;gap:0 28px;align-items:flex-start\">\n");
            foreach (var block in section.Blocks)
            {
                Append(html, block);
            }

            html.Append("</div></section>\n");
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, ReportBlock block)
    {
        switch (block)
        {
            case ReportText { IsWarning: true } warning:
                html.Append("<p role=\"note\" style=\"flex-basis:100%;margin:4px 0;border-left:4px solid #d1700f;padding:2px 8px\">").Append(Encoded(warning.Text)).Append("</p>\n");
                break;
            case ReportText text:
                html.Append("<p style=\"flex-basis:100%;margin:4px 0\">").Append(Encoded(text.Text)).Append("</p>\n");
                break;
            case ReportList list:
                html.Append("<ul style=\"flex-basis:100%;margin:4px 0;padding-left:18px\">");
                foreach (var item in list.Items)
                {
                    html.Append("<li>").Append(Encoded(item)).Append("</li>");
                }

                html.Append("</ul>\n");
                break;
            case ReportTable table:
                html.Append(table.SideBySide > 1
                    ? $"<div style=\"flex-basis:100%;display:grid;grid-template-columns:repeat({table.SideBySide.ToString(CultureInfo.InvariantCulture)},minmax(0,1fr));gap:0 28px;align-items:start\">"
                    : "<div class=\"report-block\">");
                html.AppendJoin('\n', Parts(table).Select(part => part.ToHtml())).Append("</div>\n");
                break;
            case ReportCurves curves:
                html.Append("<div class=\"report-block\">").Append(curves.Curves.ToSvg()).Append("</div>\n");
                break;
            default:
                throw new ArgumentException($"A report cannot show {block.GetType().Name}.", nameof(block));
        }
    }

    /// <summary>The rows in as many tables as stand beside each other; the caption over the first, notes below the last.</summary>
    private static List<HtmlTable> Parts(ReportTable block)
    {
        var table = block.Table;
        var rows = Math.Max(1, (table.Rows.Count + block.SideBySide - 1) / block.SideBySide);
        var parts = new List<HtmlTable>();
        for (var start = 0; start == 0 || start < table.Rows.Count; start += rows)
        {
            // A caption of one space keeps the first rows level.
            var part = new HtmlTable(table.Caption is null || start == 0 ? table.Caption : "\u00A0", [.. table.Columns]);
            foreach (var row in table.Rows.Skip(start).Take(rows))
            {
                part.Add([.. row]);
            }

            parts.Add(part);
        }

        foreach (var note in table.Notes)
        {
            parts[^1].Note(note);
        }

        return parts;
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
