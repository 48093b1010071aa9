using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>HTML of values that bring no formatter of their own.</summary>
internal static class HtmlDefaults
{
    private const string CellStyle = " style=\"text-align: left;\"";

    public static void Write(object? value, FormatContext context)
    {
        switch (value)
        {
            case IHtmlContent html:
                html.WriteTo(context.Writer, HtmlEncoder.Default);
                break;
            case string text when context.Depth > 0:
                context.Writer.Write(WebUtility.HtmlEncode(text));
                break;
            case not null when !Scalars.IsScalar(value)
                && context.Expansion.TryEnter(value.GetType(), context.Depth, Formatter.RecursionLimit):
                context.Depth++;
                try
                {
                    WriteComposite(value, context);
                }
                finally
                {
                    context.Expansion.Leave();
                    context.Depth--;
                }

                break;
            default:
                WritePlain(Scalars.IsScalar(value) ? Scalars.Text(value) : Summary(value!), context.Writer);
                break;
        }
    }

    /// <summary>A table with one row an item and one column a property.</summary>
    public static string Table(IEnumerable rows)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        using var context = new FormatContext(writer) { Depth = 1 };
        var (items, more) = Sequences.Take(rows, Formatter.ListExpansionLimit);
        WriteRows(items, more, withIndex: false, context);
        return writer.ToString();
    }

    private static void WriteComposite(object value, FormatContext context)
    {
        switch (value)
        {
            case IDictionary dictionary:
                WriteDictionary(dictionary, context);
                break;
            case IEnumerable sequence:
                WriteSequence(sequence, context);
                break;
            default:
                WriteObject(value, context);
                break;
        }
    }

    private static void WriteSequence(IEnumerable sequence, FormatContext context)
    {
        var (items, more) = Sequences.Take(sequence, Formatter.ListExpansionLimit);
        if (items.All(Scalars.IsScalar))
        {
            WritePlain(Sequences.Line(items, more), context.Writer);
        }
        else
        {
            WriteRows(items, more, withIndex: true, context);
        }
    }

    private static void WriteRows(IReadOnlyList<object?> items, string? more, bool withIndex, FormatContext context)
    {
        var columns = Columns(items);
        var writer = context.Writer;
        writer.Write("<table><thead><tr>");
        writer.Write(withIndex ? "<th><i>index</i></th>" : "");
        writer.Write(
            string.Concat(columns.Count == 0 ? ["<th>value</th>"] : columns.Select(name => $"<th>{WebUtility.HtmlEncode(name)}</th>")));
        writer.Write("</tr></thead><tbody>");
        for (var i = 0; i < items.Count; i++)
        {
            writer.Write("<tr>");
            writer.Write(withIndex ? $"<td>{i.ToString(CultureInfo.InvariantCulture)}</td>" : "");
            if (columns.Count == 0 || items[i] is null)
            {
                Cell(items[i], context);
            }
            else
            {
                var members = Scalars.Members(items[i]!.GetType()).ToDictionary(m => m.Name, m => m.Read, StringComparer.Ordinal);
                foreach (var column in columns)
                {
                    Cell(members.TryGetValue(column, out var read) ? read(items[i]!) : "", context);
                }
            }

            writer.Write("</tr>");
        }

        writer.Write(
            more is null ? "" : $"<tr><td{CellStyle} colspan=\"{columns.Count + 1}\"><i>{WebUtility.HtmlEncode(more)}</i></td></tr>");
        writer.Write("</tbody></table>");
    }

    /// <summary>The properties of the items when each is an object with members; none when the items are to be shown whole.</summary>
    private static IReadOnlyList<string> Columns(IReadOnlyList<object?> items)
    {
        var objects = items.Where(item => item is not null).ToList();
        var whole = objects.Count == 0
            || objects.Exists(item =>
                Scalars.IsScalar(item)
                    || item is IEnumerable or IHtmlContent
                    || FormatterRegistry.HasOwn(item!.GetType(), "text/html"));
        return whole ? []
            : [.. objects.SelectMany(item => Scalars.Members(item!.GetType()).Select(m => m.Name)).Distinct(StringComparer.Ordinal)];
    }

    private static void WriteDictionary(IDictionary dictionary, FormatContext context)
    {
        var writer = context.Writer;
        writer.Write("<table><thead><tr><th><i>key</i></th><th>value</th></tr></thead><tbody>");
        var shown = 0;
        foreach (DictionaryEntry entry in dictionary)
        {
            if (shown++ == Formatter.ListExpansionLimit)
            {
                writer.Write(
                    $"<tr><td{CellStyle} "
                        + $"colspan=\"2\"><i>({(dictionary.Count - Formatter.ListExpansionLimit).ToString(CultureInfo.InvariantCulture)} "
                        + "more)</i></td></tr>");
                break;
            }

            writer.Write("<tr>");
            Cell(entry.Key, context);
            Cell(entry.Value, context);
            writer.Write("</tr>");
        }

        writer.Write("</tbody></table>");
    }

    private static void WriteObject(object value, FormatContext context)
    {
        var members = Scalars.Members(value.GetType());
        var summary = WebUtility.HtmlEncode(Summary(value));
        if (members.Count == 0)
        {
            context.Writer.Write($"<div class=\"dni-plaintext\"><pre>{summary}</pre></div>");
            return;
        }

        var open = context.Depth <= 1 ? " open=\"open\"" : "";
        context.Writer.Write(
            $"<details{open} class=\"dni-treeview\"><summary><span "
                + $"class=\"dni-code-hint\"><code>{summary}</code></span></summary><div><table><thead><tr></tr></thead><tbody>");
        foreach (var (name, read) in members)
        {
            context.Writer.Write($"<tr><td{CellStyle}>{WebUtility.HtmlEncode(name)}</td>");
            Cell(read(value), context);
            context.Writer.Write("</tr>");
        }

        context.Writer.Write("</tbody></table></div></details>");
    }

    /// <summary>The one-line text of a value, whatever its ToString does.</summary>
    public static string Summary(object value)
    {
        try
        {
            return value.ToString() is { Length: > 0 } text ? text : Scalars.TypeName(value.GetType());
        }
        catch (Exception exception)
        {
            return $"{Scalars.TypeName(value.GetType())} (its ToString threw {exception.GetType().Name}: {exception.Message})";
        }
    }

    private static void Cell(object? value, FormatContext context)
    {
        context.Writer.Write($"<td{CellStyle}>");
        FormatterRegistry.Write(value, "text/html", context);
        context.Writer.Write("</td>");
    }

    private static void WritePlain(string text, TextWriter writer) =>
        writer.Write($"<div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(text)}</pre></div>");
}
