using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;

namespace CovidNotebooks.Reporting;

/// <summary>A document's numbers beside those of a stored run.</summary>
/// <param name="Protocol">The document.</param>
/// <param name="Run">The run as published.</param>
/// <param name="Comparison">One result a published number.</param>
public sealed record DocumentComparison(Protocol Protocol, EvaluatedRun Run, PublishedComparison Comparison);
