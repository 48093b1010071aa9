namespace CovidNotebooks.Display;

/// <summary>What every notebook ends with: the kit is for research and teaching, never for diagnosis.</summary>
public sealed class Disclaimer : Displayed
{
    /// <summary>The sentences that are shown.</summary>
    public const string Text =
        "For research and teaching only, never for diagnosis. These models were trained on small public collections whose patients, "
        + "devices and labels are only partly known; none has been validated on the people of any hospital. No number shown here says "
        + "anything about a single person. Whoever is worried about their health needs a clinician, not this notebook.";

    /// <inheritdoc/>
    public override DisplayDocument Describe() => new Paragraph(Text, ParagraphKind.Warning);
}
