using System.Text.Json.Serialization;

namespace CovidNotebooks.Runs;

/// <summary>One line of <c>metrics.jsonl</c>: named numbers at one step of a run.</summary>
/// <param name="Step">Usually the epoch, from 1.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Values">Names and numbers; NaN and infinities are kept.</param>
public sealed record MetricRow(
    [property: JsonRequired] int Step,
    [property: JsonRequired] DateTimeOffset Time,
    [property: JsonRequired] IReadOnlyDictionary<string, double> Values);
