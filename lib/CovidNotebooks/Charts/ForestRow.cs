using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>One line of a <see cref="ForestPlot"/>: an estimate with its interval.</summary>
/// <param name="Name">The run, the model or the metric.</param>
/// <param name="Value">The estimate.</param>
/// <param name="Interval">Its interval; null where none is known.</param>
public sealed record ForestRow(string Name, double Value, Interval? Interval)
{
    /// <summary>What the document published for it, drawn as a hollow diamond; null when it says nothing.</summary>
    public double? Published { get; init; }
}
