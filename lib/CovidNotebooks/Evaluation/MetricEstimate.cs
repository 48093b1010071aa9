using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>A metric with its interval.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">Null where it is not defined.</param>
/// <param name="Interval">Null where there is none.</param>
/// <param name="Count">The number of images that it is a share of or was computed from.</param>
/// <param name="Remark">How the interval was made, or why there is none.</param>
public sealed record MetricEstimate(Metric Metric, double? Value, Interval? Interval, int Count, string Remark) : INumberedCell
{
    /// <summary>Below so many groups an interval is called one of few.</summary>
    public const int FewGroups = 30;

    /// <summary>
    /// How many groups (patients, publications, images that stand alone) the interval stands on: of the images that a share is of; of the
    /// class that has fewest for any
    /// other metric.
    /// </summary>
    public int Groups { get; init; } = Count;

    /// <summary>Whether there are so few groups that the interval may hold the truth less often than it says.</summary>
    public bool IsOfFewGroups => Groups < FewGroups;

    /// <summary>The number of groups, marked where they are few: <c>13 (few)</c>.</summary>
    public string GroupsText => DisplayedNumber.ValueText(Groups) + (IsOfFewGroups ? " (few)" : "");

    /// <summary>Value and interval: <c>0.833 [0.801, 0.864]</c>; a dash where it is not defined.</summary>
    public string CellText => Value is { } value
        ? $"{DisplayedNumber.Fixed(value)}{(Interval is { } interval ? " " + interval.ToText() : "")}"
        : DisplayedNumber.None;

    /// <summary>The metric's name, one of <see cref="MetricNames"/>.</summary>
    public string Name => Metric.Name;

    /// <inheritdoc/>
    public override string ToString() =>
        Value is { } value
            ? $"{Name} {DisplayedNumber.Fixed(value)}{(Interval is { } interval ? " " + interval.ToText() : "")} (n = "
                + $"{DisplayedNumber.ValueText(Count)}; {Remark})" : $"{Name} {DisplayedNumber.None} ({Remark})";
}
