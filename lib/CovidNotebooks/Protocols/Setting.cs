using CovidNotebooks.Display;

namespace CovidNotebooks.Protocols;

/// <summary>A setting of a document's experiment.</summary>
/// <param name="Name">Its name in run records.</param>
/// <param name="Published">The document's value.</param>
/// <param name="Used">The value in this protocol: another one where an experiment was shortened or changed.</param>
/// <param name="Source">Where the document says it.</param>
/// <param name="Remark">What is special about it, or null.</param>
public sealed record Setting(string Name, object? Published, object? Used, Quotation Source, string? Remark = null)
{
    /// <summary>Whether the protocol departs from the document here.</summary>
    public bool IsChanged =>
        !string.Equals(DisplayedNumber.ValueText(Published), DisplayedNumber.ValueText(Used), StringComparison.Ordinal);
}
