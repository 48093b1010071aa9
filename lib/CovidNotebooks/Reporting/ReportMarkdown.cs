using System.Text;
using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>A report as Markdown with pipe tables (GitHub's form). What comes from files cannot become markup.</summary>
internal static class ReportMarkdown
{
    private const string Special = "\\`*_{}[]<>()#+!|~$&";

    public static string Of(string title, IReadOnlyList<ReportSection> sections)
    {
        var text = new StringBuilder("# ").Append(Escaped(title)).Append('\n');
        foreach (var section in sections)
        {
            text.Append("\n## ").Append(Escaped(section.Title)).Append('\n');
            foreach (var block in section.Blocks)
            {
                Append(text, block);
            }
        }

        return text.ToString();
    }

    /// <summary>Text that shows as it is: on one line, every character with a meaning in Markdown or HTML preceded by a backslash.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsControl(letter))
            {
                escaped.Append(' ');
                continue;
            }

            if (Special.Contains(letter, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder text, ReportBlock block)
    {
        switch (block)
        {
            case ReportText { IsWarning: true } warning:
                text.Append("\n> **").Append(Escaped(warning.Text)).Append("**\n");
                break;
            case ReportText paragraph:
                text.Append('\n').Append(Escaped(paragraph.Text)).Append('\n');
                break;
            case ReportList list:
                text.Append('\n');
                foreach (var item in list.Items)
                {
                    text.Append("- ").Append(Escaped(item)).Append('\n');
                }

                break;
            case ReportTable table:
                Append(text, table.Table);
                break;
            default:
                break; // A drawing has no form in Markdown; its numbers stand in the table beside it.
        }
    }

    private static void Append(StringBuilder text, HtmlTable table)
    {
        if (table.Caption is { } caption)
        {
            text.Append("\n**").Append(Escaped(caption)).Append("**\n");
        }

        text.Append('\n');
        Row(text, table.Columns.Select(column => Escaped(column.Header)));
        Row(text, table.Columns.Select(column => column.Alignment == CellAlignment.Right ? "---:" : "---"));
        foreach (var row in table.Rows)
        {
            Row(text, row.Select(cell => cell.Strong && cell.Text.Length > 0 ? $"**{Escaped(cell.Text)}**" : Escaped(cell.Text)));
        }

        foreach (var note in table.Notes)
        {
            text.Append('\n').Append(Escaped(note)).Append('\n');
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
