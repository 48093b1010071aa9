using System.Net;

namespace CovidNotebooks.Display;

/// <summary>What every notebook ends with: the kit is for research and teaching, never for diagnosis.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class Disclaimer : IDisplayed
{
    /// <summary>The sentences that are shown.</summary>
    public const string Text =
        "For research and teaching only, never for diagnosis. These models were trained on small public collections whose patients, "
        + "devices and labels are only partly known; none has been validated on the people of any hospital. No number shown here says "
        + "anything about a single person. Whoever is worried about their health needs a clinician, not this notebook.";

    /// <inheritdoc/>
    public string ToHtml() =>
        "<div role=\"note\" style=\"border-left:4px solid #d1700f;padding:8px 12px;margin:8px 0;background:rgba(209,112,15,.10);color:inherit;\">"
        + WebUtility.HtmlEncode(Text) + "</div>";

    /// <inheritdoc/>
    public string ToPlainText() => Text + "\n";

    /// <inheritdoc/>
    public override string ToString() => Text;
}
