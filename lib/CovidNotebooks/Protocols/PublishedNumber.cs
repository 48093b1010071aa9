namespace CovidNotebooks.Protocols;

/// <summary>A number that a document prints as a result.</summary>
/// <param name="Name">What the document calls it.</param>
/// <param name="Value">As printed, a percentage by 100.</param>
/// <param name="Decimals">Decimals that were printed.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Metric">
/// The metric (<see cref="Evaluation.MetricNames"/>) that it truly is, whatever it is called; null where it is none that can be compared.
/// </param>
/// <param name="Doubt">What is wrong with it, or null.</param>
public sealed record PublishedNumber(string Name, double Value, int Decimals, Quotation Source, string? Metric = null, string? Doubt = null);
