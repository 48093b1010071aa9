namespace CovidNotebooks.Display;

/// <summary>A result that shows itself: as HTML in a notebook, as plain text in a terminal or a log.</summary>
/// <remarks>A type that implements this also carries <c>[TypeFormatterSource(typeof(DisplayedFormatters))]</c>.</remarks>
public interface IDisplayed
{
    /// <summary>An HTML fragment that stands alone: no script, no network, its own inline styles.</summary>
    string ToHtml();

    /// <summary>The same content as lines of text.</summary>
    string ToPlainText();
}
