namespace CovidNotebooks.Data;

/// <summary>
/// Which rows of Cohen's metadata are taken. The defaults are document 1's: the finding is COVID-19 and the view PA, letter for letter.
/// </summary>
public sealed record CohenRule
{
    /// <summary>The finding; <c>COVID-19</c> by default.</summary>
    public string Finding { get; init; } = "COVID-19";

    /// <summary>The view; <c>PA</c> (from the back, standing) by default.</summary>
    public string View { get; init; } = "PA";

    /// <summary>
    /// Whether a finding that ends in <c>/</c> and <see cref="Finding"/> counts too, as later versions of the file write it
    /// (<c>Pneumonia/Viral/COVID-19</c>). False by default, as the document has it.
    /// </summary>
    public bool AcceptsLongFindings { get; init; }

    /// <summary>Whether a row is taken.</summary>
    public bool Takes(CohenImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var isFound = string.Equals(image.Finding, Finding, StringComparison.Ordinal)
            || (AcceptsLongFindings && image.Finding.EndsWith("/" + Finding, StringComparison.Ordinal));
        return isFound && string.Equals(image.View, View, StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether a row is not taken for its spelling alone: spaces, upper and lower case, or the longer form of the finding.
    /// </summary>
    public bool NearlyTakes(CohenImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var finding = image.Finding.Trim();
        var isFound = string.Equals(finding, Finding, StringComparison.OrdinalIgnoreCase)
            || finding.EndsWith("/" + Finding, StringComparison.OrdinalIgnoreCase);
        return isFound && string.Equals(image.View.Trim(), View, StringComparison.OrdinalIgnoreCase) && !Takes(image);
    }
}
