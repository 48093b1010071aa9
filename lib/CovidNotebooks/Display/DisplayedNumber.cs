using System.Globalization;

namespace CovidNotebooks.Display;

/// <summary>Numbers as the tables of the library show them.</summary>
public static class DisplayedNumber
{
    /// <summary>A dash: there is no value.</summary>
    public const string None = "–";

    /// <summary>
    /// A p-value with four decimals; one that would be rounded to zero is given as "&lt; 0.0001", because no p-value is zero.
    /// </summary>
    public static string PValue(double value) => value < .0001 ? "< 0.0001" : Fixed(value, 4);

    /// <summary>
    /// A number of a run as a table of runs shows it: a whole one as such (<c>20</c>), one below a hundredth with three significant
    /// digits (<c>1e-05</c>), any other
    /// with four decimals.
    /// </summary>
    public static string Short(double value) =>
        !double.IsFinite(value) ? Fixed(value)
        : value == Math.Floor(value) && Math.Abs(value) < 1e15 ? Fixed(value, 0)
        : Math.Abs(value) < .01 ? value.ToString("G3", CultureInfo.InvariantCulture).Replace('E', 'e')
        : Fixed(value, 4);

    /// <summary>A difference with its sign: <c>+0.012</c>, <c>-0.239</c>; what is rounded to zero has none.</summary>
    /// <param name="value">Any double.</param>
    /// <param name="decimals">Digits after the point, 0 to 15.</param>
    public static string Signed(double value, int decimals = 3)
    {
        var text = Fixed(value, decimals);
        return value > 0 && text.AsSpan().ContainsAnyExcept('0', '.') ? "+" + text : text;
    }

    /// <summary>
    /// <paramref name="value"/> with a fixed number of decimals, exactly rounded, halves to even: what C, Python and scikit-learn print,
    /// but that zero has no sign.
    /// </summary>
    /// <param name="value">Any double; NaN and infinities are written as words.</param>
    /// <param name="decimals">Digits after the point, 0 to 15.</param>
    /// <remarks>.NET's own <c>F2</c> rounds an exact half away from zero (0.125 becomes 0.13); this writes 0.12.</remarks>
    public static string Fixed(double value, int decimals = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 15);
        if (!double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var exact = Math.Abs(value).ToString("F100", CultureInfo.InvariantCulture);
        var point = exact.IndexOf('.', StringComparison.Ordinal);
        var kept = (exact[..point] + exact[(point + 1)..(point + 1 + decimals)]).ToCharArray();
        if (RoundsUp(exact.AsSpan(point + 1 + decimals), kept[^1]))
        {
            kept = Increment(kept);
        }

        var digits = new string(kept);
        var sign = double.IsNegative(value) && digits.AsSpan().ContainsAnyExcept('0') ? "-" : string.Empty;
        return decimals == 0 ? sign + digits : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    /// <summary>A count with its noun and verb: <c>1 group is</c>, <c>1,341 groups are</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What follows a count of 1.</param>
    /// <param name="several">What follows any other.</param>
    public static string Counted(int count, string one, string several) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : several)}");

    /// <summary>
    /// A setting's value as text: floating-point numbers by their shortest exact form, lists in brackets, null as a dash.
    /// </summary>
    public static string ValueText(object? value) => value switch
    {
        null => None,
        string text => text,
        bool flag => flag ? "yes" : "no",
        float or double => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(ValueText)) + "]",
        _ => value.ToString() ?? None,
    };

    private static bool RoundsUp(ReadOnlySpan<char> rest, char lastKept)
    {
        if (rest[0] != '5')
        {
            return rest[0] > '5';
        }

        return rest[1..].ContainsAnyExcept('0') || (lastKept - '0') % 2 == 1;
    }

    private static char[] Increment(char[] digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] != '9')
            {
                digits[i]++;
                return digits;
            }

            digits[i] = '0';
        }

        return ['1', .. digits];
    }
}
