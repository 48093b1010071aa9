using System.Globalization;

namespace CovidNotebooks.Runs;

/// <summary>What only a person can say of a run. Everything else in its record is asked of what runs.</summary>
/// <param name="Variant">Which experiment it is, in a few words: <c>as published</c>, <c>corrected</c>, <c>class weights</c>.</param>
public sealed record RunStory(string Variant)
{
    /// <summary>The document that it belongs to, 1 to 5; null, the default, for another experiment.</summary>
    public int? Document { get; init; }

    /// <summary>Why it was made, in a sentence; null, the default, where the variant says it.</summary>
    public string? Why { get; init; }

    /// <summary>As the first entries of a record's parameters.</summary>
    internal Dictionary<string, object?> ToParameters()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Variant);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (Document is { } number)
        {
            parameters["document"] = number;
        }

        parameters["variant"] = Variant;
        if (Why is not null)
        {
            parameters["why"] = Why;
        }

        return parameters;
    }

    /// <summary>A variant that needs no more words.</summary>
    public static implicit operator RunStory(string variant) => new(variant);

    /// <inheritdoc/>
    public override string ToString() =>
        Document is { } number ? string.Create(CultureInfo.InvariantCulture, $"document {number}, {Variant}") : Variant;
}
