namespace CovidNotebooks.Display;

/// <summary>A formatter for one MIME type, in the shape that .NET Interactive looks for by convention.</summary>
/// <param name="mimeType">For example <c>text/html</c>.</param>
/// <param name="format">Turns the value into text of that MIME type.</param>
public sealed class MimeFormatter(string mimeType, Func<object, string> format)
{
    /// <summary>The MIME type of what <see cref="Format"/> writes.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes <paramref name="value"/> and answers true: the value was formatted.</summary>
    public bool Format(object value, TextWriter writer)
    {
        writer.Write(format(value));
        return true;
    }
}
