using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>A metric with its interval.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">Null where it is not defined.</param>
/// <param name="Interval">Null where there is none.</param>
/// <param name="Count">The number of images that it is a share of or was computed from.</param>
/// <param name="Remark">How the interval was made, or why there is none.</param>
public sealed record MetricEstimate(Metric Metric, double? Value, Interval? Interval, int Count, string Remark)
{
    /// <summary>The metric's name, one of <see cref="MetricNames"/>.</summary>
    public string Name => Metric.Name;

    /// <inheritdoc/>
    public override string ToString() =>
        Value is { } value ? $"{Name} {DisplayedNumber.Fixed(value)}{(Interval is { } interval ? " " + interval.ToText() : "")} (n = {DisplayedNumber.ValueText(Count)}; {Remark})" : $"{Name} {DisplayedNumber.None} ({Remark})";
}
