using System.Collections;
using CovidNotebooks.Kernel.Formatting;
using Microsoft.DotNet.Interactive;

namespace System;

/// <summary>Displaying as extension methods, as in .NET Interactive.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value in the cell's output.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The MIME types to show it in; none = the preferred ones of its type.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        KernelInvocationContext.Required("Display").Display(value, mimeTypes);

    /// <summary>Shows text that is of a MIME type already, for example <c>image/svg+xml</c> or a base64 <c>image/png</c>.</summary>
    /// <param name="value">The content.</param>
    /// <param name="mimeType">The MIME type.</param>
    /// <param name="additionalMimeTypes">Further MIME types that the same content is of.</param>
    public static DisplayedValue DisplayAs(this string value, string mimeType, params string[] additionalMimeTypes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        return KernelInvocationContext.Required("DisplayAs").DisplayAs(value, mimeType, additionalMimeTypes);
    }

    /// <summary>Shows a sequence of objects as a table with a column for each property.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="mimeTypes">Only <c>text/html</c> is known for tables.</param>
    public static DisplayedValue DisplayTable(this IEnumerable source, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(source);
        return KernelInvocationContext.Required("DisplayTable").DisplayAs(HtmlDefaults.Table(source), "text/html");
    }
}
