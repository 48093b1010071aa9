using System.Globalization;
using System.Text.RegularExpressions;

namespace CovidNotebooks.Display;

/// <summary>
/// A setting's value as tables show it to people: shorter than <see cref="DisplayedNumber.ValueText"/>, whose exact text run records,
/// comparisons and the keys of
/// trainings keep.
/// </summary>
public static partial class DisplayedSetting
{
    /// <summary>
    /// Numbers with four significant digits at most, a fraction of one by a whole number also as such (<c>1/255 (0.00392)</c>), and a
    /// range by its ends
    /// (<c>0.95 to 1.05</c>), whether it is the value itself or its text as a run stores it; anything else as it is.
    /// </summary>
    /// <param name="value">Any value of a run's setting.</param>
    public static string Text(object? value) => value switch
    {
        float or double => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), DisplayedNumber.ValueText(value)),
        _ => Ranged(DisplayedNumber.ValueText(value)),
    };

    private static string Number(double value, string exact)
    {
        if (exact.Count(char.IsAsciiDigit) <= 6 || !double.IsFinite(value))
        {
            return exact;
        }

        var inverse = Math.Round(1 / value);
        return inverse is >= 3 and <= 100_000 && Math.Abs((value * inverse) - 1) < 1e-9
            ? $"1/{DisplayedNumber.ValueText((long)inverse)} ({Digits(value, 3)})"
            : Digits(value, 4);
    }

    private static string Digits(double value, int significant) =>
        value.ToString("G" + significant.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('E', 'e');

    private static string Ranged(string text) => Range().Match(text) is { Success: true } range
        ? $"{End(range, "low")} to {End(range, "high")}" : text;

    private static string End(Match range, string name) =>
        double.TryParse(range.Groups[name].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var end) ? Text(end)
            : range.Groups[name].Value;

    /// <summary>What a record of a range writes.</summary>
    [GeneratedRegex(@"^\w+ \{ Lowest = (?<low>[^,}]+), Highest = (?<high>[^,}]+) \}$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Range();
}
