using System.Text;

namespace CovidNotebooks.Display;

/// <summary>A document as Markdown with pipe tables (GitHub's form). What comes from files cannot become markup.</summary>
internal static class MarkdownRenderer
{
    private const string Special = "\\`*_{}<>#+!|~$&";

    /// <summary>What makes a link of brackets; an interval alone is none.</summary>
    private static readonly string[] Links = ["](", "][", "]:"];

    public static string Render(DisplayDocument document)
    {
        var text = new StringBuilder();
        Append(text, document);
        return text.ToString().TrimStart('\n');
    }

    /// <summary>
    /// Text that shows as it is: on one line, every character with a meaning in Markdown or HTML preceded by a backslash.
    /// </summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var isLink = Links.Any(link => text.Contains(link, StringComparison.Ordinal));
        foreach (var letter in text)
        {
            if (char.IsControl(letter))
            {
                escaped.Append(' ');
                continue;
            }

            if (Special.Contains(letter, StringComparison.Ordinal) || (isLink && letter is ('[' or ']' or '(' or ')')))
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder text, DisplayDocument document)
    {
        foreach (var block in document.Blocks)
        {
            Append(text, block);
        }
    }

    private static void Append(StringBuilder text, DisplayBlock block)
    {
        switch (block)
        {
            case Paragraph { Kind: ParagraphKind.Warning } warning:
                text.Append("\n> **").Append(Escaped(warning.Text)).Append("**\n");
                break;
            case Paragraph { Kind: ParagraphKind.Finding } finding:
                text.Append("\n**").Append(Escaped(finding.Text)).Append("**\n");
                break;
            case Paragraph paragraph:
                text.Append('\n').Append(Escaped(paragraph.Text)).Append('\n');
                break;
            case Heading heading:
                text.Append("# ").Append(Escaped(heading.Text)).Append('\n');
                break;
            case BulletList list:
                text.Append('\n').AppendJoin("", list.Items.Select(item => $"- {Escaped(item)}\n"));
                break;
            case Card card:
                AppendTable(text, card.AsTable());
                break;
            case Table table:
                AppendTable(text, table);
                break;
            case Section section:
                text.Append("\n## ").Append(Escaped(section.Title)).Append('\n');
                Append(text, section.Content);
                break;
            case Folded folded:
                text.Append('\n').Append(Escaped(folded.Summary)).Append(":\n");
                Append(text, folded.Content);
                break;
            case Drawing:
                break; // A drawing has no form in Markdown; its numbers stand in a table beside it.
            default:
                throw new ArgumentException(
                    $"There is no Markdown for a {block.GetType().Name}. Add a case to {nameof(MarkdownRenderer)}.", nameof(block));
        }
    }

    private static void AppendTable(StringBuilder text, Table table)
    {
        if (table.Caption is { } caption)
        {
            text.Append("\n**").Append(Escaped(caption)).Append("**\n");
        }

        text.Append('\n');
        Row(table.Columns.Select(column => Escaped(column.Header)));
        Row(table.Columns.Select(column => column.Alignment == CellAlignment.Right ? "---:" : "---"));
        foreach (var row in table.Rows)
        {
            Row(row.Select(cell => cell.Strong && cell.Text.Length > 0 ? $"**{Escaped(cell.Text)}**" : Escaped(cell.Text)));
        }

        foreach (var note in table.Notes)
        {
            text.Append('\n').Append(Escaped(note)).Append('\n');
        }

        void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
