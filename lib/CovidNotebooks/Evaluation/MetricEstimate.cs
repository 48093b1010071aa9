using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>A metric with its interval.</summary>
/// <param name="Name">One of <see cref="MetricNames"/>.</param>
/// <param name="Value">Null where it is not defined.</param>
/// <param name="Interval">Null where there is none.</param>
/// <param name="Count">The number of images that it is a share of or was computed from.</param>
/// <param name="Remark">How the interval was made, or why there is none.</param>
public sealed record MetricEstimate(string Name, double? Value, Interval? Interval, int Count, string Remark) : INumberedCell
{
    /// <summary>Value and interval: <c>0.833 [0.801, 0.864]</c>; a dash where it is not defined.</summary>
    public string CellText => Value is { } value ? $"{DisplayedNumber.Fixed(value)}{(Interval is { } interval ? " " + interval.ToText() : "")}" : DisplayedNumber.None;

    /// <inheritdoc/>
    public override string ToString() =>
        Value is { } value ? $"{Name} {DisplayedNumber.Fixed(value)}{(Interval is { } interval ? " " + interval.ToText() : "")} (n = {DisplayedNumber.ValueText(Count)}; {Remark})" : $"{Name} {DisplayedNumber.None} ({Remark})";
}
