namespace CovidNotebooks.Protocols;

/// <summary>The place in a document that a setting or a number stands on.</summary>
/// <param name="Words">A short phrase or a piece of code, as printed.</param>
/// <param name="English">What it says in English; null for code.</param>
public sealed record Quotation(string Words, string? English = null)
{
    /// <summary>The document says nothing of it.</summary>
    public static Quotation None { get; } = new(string.Empty);

    /// <inheritdoc/>
    public override string ToString() => Words.Length == 0 ? string.Empty : English is null ? $"“{Words}”" : $"“{Words}” ({English})";
}
