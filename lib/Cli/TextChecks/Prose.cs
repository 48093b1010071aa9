using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>Reads Markdown as sentences. Code, addresses of links, comments, the numbers of lists and headings are no prose.</summary>
internal static partial class Prose
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>The sentences of a text, and each row of a table as one.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="place">Gives a line number, from 1, its name.</param>
    /// <param name="section">The section of a notebook that it stands in; null for none.</param>
    public static IEnumerable<Sentence> Of(string markdown, Func<int, string> place, string? section)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var block in document.Descendants())
        {
            switch (block)
            {
                case Table table:
                    foreach (var sentence in Rows(table))
                    {
                        yield return sentence;
                    }

                    break;
                case LeafBlock { Inline: { } inline } leaf when leaf.Parent is not TableCell && !IsInTable(leaf):
                    var named = new List<string>();
                    var text = Text(inline, named);
                    text = leaf is HeadingBlock ? NumberOfHeading().Replace(text, "") : text;
                    foreach (var (sentence, line) in Sentences(text))
                    {
                        yield return new Sentence(place(leaf.Line + 1 + line), section, sentence, text, named);
                    }

                    break;
                default:
                    break;
            }
        }

        IEnumerable<Sentence> Rows(Table table)
        {
            var cells = table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(cell => CellOf(cell)).ToArray()).ToList();
            for (var i = 0; i < cells.Count; i++)
            {
                var headed = i == 0 ? cells[i].Select(cell => cell.Text)
                    : cells[i].Select((cell, column) =>
                        column < cells[0].Length ? $"{Numbers().Replace(cells[0][column].Text, "")}: {cell.Text}" : cell.Text);
                yield return new Sentence(
                    place(table[i].Line + 1), section, string.Join(" | ", headed), "", [.. cells[i].SelectMany(cell => cell.Named)]);
            }
        }
    }

    private static bool IsInTable(Block block) => block.Parent is { } parent && (parent is Table || IsInTable(parent));

    private static (string Text, List<string> Named) CellOf(TableCell cell)
    {
        var named = new List<string>();
        var text = string.Join(' ', cell.Descendants<ParagraphBlock>().Where(leaf => leaf.Inline is not null)
            .Select(leaf => Text(leaf.Inline!, named)));
        return (text.Replace('\n', ' '), named);
    }

    /// <summary>The words of a paragraph; code becomes a blank, and what it and links name is kept beside it.</summary>
    private static string Text(ContainerInline container, List<string> named)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    named.Add(code.Content);
                    text.Append(" … ");
                    break;
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case LinkInline link:
                    named.Add(link.Url ?? "");
                    var words = Text(link, named);
                    text.Append(Identifier().IsMatch(words) || link.IsImage ? " … " : words);
                    break;
                case ContainerInline inner:
                    text.Append(Text(inner, named));
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                default:
                    break;
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Text, int Line)> Sentences(string text)
    {
        var (start, line) = (0, 0);
        foreach (var end in EndOfSentence().Matches(text).Select(match => match.Index + match.Length).Append(text.Length))
        {
            var sentence = text[start..end];
            if (!string.IsNullOrWhiteSpace(sentence))
            {
                var blank = sentence.Length - sentence.TrimStart().Length;
                yield return (sentence.Trim().Replace('\n', ' '), line + sentence.AsSpan(0, blank).Count('\n'));
            }

            line += sentence.AsSpan().Count('\n');
            start = end;
        }
    }

    [GeneratedRegex(@"(?<=[.!?])[)*""”»]*\s+(?=[""“(*A-Z«…])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfSentence();

    /// <summary>A number of a column's name is checked once, where it stands.</summary>
    [GeneratedRegex(@"[0-9][0-9.,]*\s?%?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^\s*[0-9]+\s*·", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberOfHeading();

    /// <summary>A link whose words are its address: an arXiv number, a DOI, a notebook's number.</summary>
    [GeneratedRegex(@"^(arXiv:|doi |0[1-9]$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();
}
