using System.Text.Encodings.Web;

namespace Microsoft.AspNetCore.Html;

/// <summary>HTML that a notebook shows as it is, without encoding it.</summary>
public interface IHtmlContent
{
    /// <summary>Writes the markup.</summary>
    /// <param name="writer">Where the markup goes.</param>
    /// <param name="encoder">Encodes text that is not markup.</param>
    void WriteTo(TextWriter writer, HtmlEncoder encoder);
}

/// <summary>Markup in a string.</summary>
/// <param name="value">The markup; null is taken as empty.</param>
public class HtmlString(string? value) : IHtmlContent
{
    /// <summary>The markup.</summary>
    public string? Value { get; } = value;

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Value);
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
