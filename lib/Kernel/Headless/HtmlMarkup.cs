using System.Net;
using System.Text.RegularExpressions;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>An element found in HTML text.</summary>
/// <param name="Start">Where its start tag begins.</param>
/// <param name="ContentStart">Where its content begins.</param>
/// <param name="ContentEnd">Where its end tag begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="StartTag">Its start tag.</param>
internal sealed record HtmlElement(int Start, int ContentStart, int ContentEnd, int End, string StartTag);

/// <summary>Finds marked elements in the HTML of outputs.</summary>
internal static partial class HtmlMarkup
{
    /// <summary>The elements of a kind that carry an attribute, outermost first and not one inside another.</summary>
    public static IEnumerable<HtmlElement> Find(string html, string element, string attribute)
    {
        for (var position = 0; Next(html, element, attribute, position) is { } found; position = found.End)
        {
            yield return found;
        }
    }

    /// <summary>Replaces each such element by what <paramref name="replace"/> makes of it.</summary>
    public static string Replace(string html, string element, string attribute, Func<HtmlElement, string> replace)
    {
        var text = new System.Text.StringBuilder();
        var position = 0;
        foreach (var found in Find(html, element, attribute))
        {
            text.Append(html, position, found.Start - position).Append(replace(found));
            position = found.End;
        }

        return text.Append(html, position, html.Length - position).ToString();
    }

    /// <summary>The value of an attribute of a start tag, decoded; null when it has none.</summary>
    public static string? Attribute(string startTag, string name)
    {
        foreach (Match match in AttributePattern().Matches(startTag))
        {
            if (string.Equals(match.Groups["name"].Value, name, StringComparison.OrdinalIgnoreCase))
            {
                return WebUtility.HtmlDecode(match.Groups["value"].Value.Trim('"', '\''));
            }
        }

        return null;
    }

    private static HtmlElement? Next(string html, string element, string attribute, int position)
    {
        foreach (var tag in Tags(html, position))
        {
            if (tag.IsEnd || tag.Name != element || Attribute(html[tag.Start..tag.End], attribute) is null)
            {
                continue;
            }

            var startTag = html[tag.Start..tag.End];
            return element == "img" ? new HtmlElement(tag.Start, tag.End, tag.End, tag.End, startTag) : Closed(html, tag, startTag);
        }

        return null;
    }

    /// <summary>The element up to its own end tag; to the end of the text when it has none.</summary>
    private static HtmlElement Closed(string html, Tag start, string startTag)
    {
        var depth = 0;
        foreach (var tag in Tags(html, start.Start).Where(tag => tag.Name == start.Name))
        {
            depth += tag.IsEnd ? -1 : 1;
            if (depth == 0)
            {
                return new HtmlElement(start.Start, start.End, tag.Start, tag.End, startTag);
            }
        }

        return new HtmlElement(start.Start, start.End, html.Length, html.Length, startTag);
    }

    /// <summary>The tags from a position on; what is inside a script or a comment is not markup.</summary>
    private static IEnumerable<Tag> Tags(string html, int position)
    {
        while ((position = html.IndexOf('<', position)) >= 0)
        {
            if (html.AsSpan(position).StartsWith("<!--"))
            {
                position = html.IndexOf("-->", position, StringComparison.Ordinal) is var closed and >= 0 ? closed : html.Length;
                continue;
            }

            var isEnd = position + 1 < html.Length && html[position + 1] == '/';
            var nameStart = position + (isEnd ? 2 : 1);
            var nameEnd = nameStart;
            while (nameEnd < html.Length && char.IsAsciiLetterOrDigit(html[nameEnd]))
            {
                nameEnd++;
            }

            if (nameEnd == nameStart || EndOfTag(html, nameEnd) is not { } end)
            {
                position++;
                continue;
            }

            var tag = new Tag(position, end, html[nameStart..nameEnd].ToLowerInvariant(), isEnd);
            yield return tag;
            position = end;
            if (tag is { Name: "script" or "style", IsEnd: false })
            {
                position = html.IndexOf("</" + tag.Name, position, StringComparison.OrdinalIgnoreCase) is var closed and >= 0 ? closed
                    : html.Length;
            }
        }
    }

    private static int? EndOfTag(string html, int position)
    {
        var quote = '\0';
        for (; position < html.Length; position++)
        {
            var c = html[position];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' && IsValue(html, position))
            {
                quote = c;
            }
            else if (c == '>')
            {
                return position + 1;
            }
        }

        return null;
    }

    /// <summary>A quote opens a value only after an equals sign; elsewhere in a tag it is a letter like any other.</summary>
    private static bool IsValue(string html, int position)
    {
        while (char.IsWhiteSpace(html[--position]))
        {
        }

        return html[position] == '=';
    }

    private sealed record Tag(int Start, int End, string Name, bool IsEnd);

    [
        GeneratedRegex(
            """\s(?<name>[a-zA-Z_:][-a-zA-Z0-9_:.]*)(\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'>]+))?""",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            10_000),
    ]
    private static partial Regex AttributePattern();
}
