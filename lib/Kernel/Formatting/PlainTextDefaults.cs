using System.Collections;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>Plain text of values that bring no formatter of their own.</summary>
internal static class PlainTextDefaults
{
    public static void Write(object? value, FormatContext context)
    {
        if (value is IHtmlContent || Scalars.IsScalar(value))
        {
            context.Writer.Write(value is IHtmlContent ? value.ToString() : Scalars.Text(value));
            return;
        }

        if (!context.Expansion.TryEnter(value!.GetType(), context.Depth, Formatter.RecursionLimit))
        {
            context.Writer.Write(HtmlDefaults.Summary(value));
            return;
        }

        context.Depth++;
        try
        {
            if (value is IEnumerable sequence)
            {
                WriteSequence(sequence, context);
            }
            else
            {
                WriteObject(value, context);
            }
        }
        finally
        {
            context.Expansion.Leave();
            context.Depth--;
        }
    }

    private static void WriteSequence(IEnumerable sequence, FormatContext context)
    {
        var (items, more) = Sequences.Take(sequence, Formatter.ListExpansionLimit);
        if (items.All(Scalars.IsScalar))
        {
            context.Writer.Write(Sequences.Line(items, more));
            return;
        }

        context.Writer.Write(Scalars.TypeName(sequence.GetType()));
        foreach (var item in items)
        {
            Line("- ", item, context);
        }

        if (more is not null)
        {
            Line("", more, context);
        }
    }

    private static void WriteObject(object value, FormatContext context)
    {
        var members = Scalars.Members(value.GetType());
        context.Writer.Write(members.Count == 0 ? HtmlDefaults.Summary(value) : Scalars.TypeName(value.GetType()));
        foreach (var (name, read) in members)
        {
            Line(name + ": ", read(value), context);
        }
    }

    private static void Line(string label, object? value, FormatContext context)
    {
        context.Writer.Write("\n" + new string(' ', 2 * context.Depth) + label);
        FormatterRegistry.Write(value, "text/plain", context);
    }
}
