namespace CovidNotebooks.Display;

/// <summary>The formatters of every <see cref="IDisplayed"/>: <c>text/html</c> and <c>text/plain</c>.</summary>
/// <remarks>Created by a notebook kernel through <see cref="TypeFormatterSourceAttribute"/>; nothing else needs it.</remarks>
public sealed class DisplayedFormatters
{
    /// <summary>One formatter a MIME type, in .NET Interactive's shape.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", value => ((IDisplayed)value).ToHtml()),
        new MimeFormatter("text/plain", value => ((IDisplayed)value).ToPlainText()),
    ];
}
