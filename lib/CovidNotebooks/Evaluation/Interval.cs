using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>A confidence interval: both ends belong to it.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Low, double High) : INumberedCell
{
    /// <summary>Upper end minus lower end.</summary>
    public double Width => High - Low;

    /// <summary>Whether <paramref name="value"/> lies between the ends or on one of them.</summary>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>For example <c>[0.891, 0.930]</c>.</summary>
    public string ToText(int decimals = 3) => $"[{DisplayedNumber.Fixed(Low, decimals)}, {DisplayedNumber.Fixed(High, decimals)}]";

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
