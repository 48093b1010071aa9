using System.Text;

namespace CovidNotebooks.Display;

/// <summary>A document as lines of text; what is folded in HTML stands open.</summary>
internal static class TextRenderer
{
    public static string Render(DisplayDocument document)
    {
        var text = new StringBuilder();
        Append(text, document);
        return text.ToString();
    }

    private static void Append(StringBuilder text, DisplayDocument document)
    {
        foreach (var block in document.Blocks)
        {
            // A line between a table and what stands before it.
            if (text.Length > 0 && block is Table or Card or Section or Folded)
            {
                text.Append('\n');
            }

            Append(text, block);
        }
    }

    private static void Append(StringBuilder text, DisplayBlock block)
    {
        switch (block)
        {
            case Paragraph paragraph:
                text.Append(paragraph.Text).Append('\n');
                break;
            case Heading heading:
                text.Append(heading.Text).Append('\n');
                break;
            case BulletList list:
                text.AppendJoin("", list.Items.Select(item => $"- {item}\n"));
                break;
            case Card card:
                var width = card.Entries.Count == 0 ? 0 : card.Entries.Max(entry => entry.Key.Length);
                text.Append(card.Title).Append('\n').AppendJoin("", card.Entries.Select(entry =>
                    $"  {entry.Key.PadRight(width)}  {entry.Value}\n"));
                break;
            case Table table:
                AppendTable(text, table);
                break;
            case Section section:
                text.Append(section.Title).Append('\n').Append('=', section.Title.Length).Append('\n');
                Append(text, section.Content);
                break;
            case Folded folded:
                text.Append(folded.Summary).Append(":\n");
                Append(text, folded.Content);
                break;
            case Drawing:
                break; // Its numbers stand in a table beside it.
            default:
                throw new ArgumentException($"There is no text for a {block.GetType().Name}. Add a case to {nameof(TextRenderer)}.",
                    nameof(block));
        }
    }

    private static void AppendTable(StringBuilder text, Table table)
    {
        var widths = table.Columns.Select((column, i) => table.Rows.Select(row => row[i].Text.Length).Append(column.Header.Length).Max())
            .ToArray();
        if (table.Caption is not null)
        {
            text.Append(table.Caption).Append('\n');
        }

        Line(i => table.Columns[i].Header);
        text.AppendJoin("  ", widths.Select(width => new string('-', width))).Append('\n');
        foreach (var row in table.Rows)
        {
            Line(i => row[i].Text);
        }

        foreach (var note in table.Notes)
        {
            text.Append(note).Append('\n');
        }

        void Line(Func<int, string> cell)
        {
            var line = string.Join("  ", table.Columns.Select((column, i) => column.Alignment == CellAlignment.Right ? cell(i)
                .PadLeft(widths[i]) : cell(i).PadRight(widths[i])));
            text.Append(line.TrimEnd()).Append('\n');
        }
    }
}
