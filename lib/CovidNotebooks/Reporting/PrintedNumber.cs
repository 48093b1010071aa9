using System.Globalization;
using System.Text.RegularExpressions;

namespace CovidNotebooks.Reporting;

/// <summary>
/// A share as it was printed. What it stands for is read from its digits: it may have been rounded or cut, so .77 stands for everything
/// from .765 up to, but not including,
/// .78. More than nine decimals are rounded to nine, because what a computer prints further on may be its own error.
/// </summary>
public sealed partial record PrintedNumber
{
    private const int MostDecimals = 9;

    private PrintedNumber(string text, long digits, int decimals)
    {
        Text = text;
        Units = digits;
        UnitsInOne = (long)Math.Pow(10, decimals);
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>Its value in units of the last digit.</summary>
    public long Units { get; }

    /// <summary>How many units of the last digit make 1.</summary>
    public long UnitsInOne { get; }

    /// <summary>Its value.</summary>
    public double Value => (double)Units / UnitsInOne;

    /// <summary>The smallest value that it can stand for: half a unit of the last digit below.</summary>
    public double Low => Math.Max(0, (Units - .5) / UnitsInOne);

    /// <summary>It stands for values below this: a whole unit of the last digit above.</summary>
    public double High => (Units + 1.0) / UnitsInOne;

    /// <summary>Reads a share, with a point or as a percentage: <c>0.7702</c>, <c>.77</c>, <c>77.02%</c>.</summary>
    /// <param name="name">What it is called, for the message.</param>
    /// <param name="text">Its digits.</param>
    /// <exception cref="ArgumentException">It is no number between 0 and 1 in such a form.</exception>
    public static PrintedNumber Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        var match = Form().Match(text.Trim());
        if (!match.Success || (match.Groups["whole"].Length == 0 && match.Groups["part"].Length == 0))
        {
            throw new ArgumentException($"The {name} is '{text}'; expected a number between 0 and 1 with its digits as printed, such as "
                + "0.7702, or a percentage such as 77.02%.");
        }

        var part = match.Groups["part"].Value;
        var decimals = part.Length + (match.Groups["percent"].Success ? 2 : 0);
        var digits = decimal.Parse("0" + match.Groups["whole"].Value + part, CultureInfo.InvariantCulture);
        if (decimals > MostDecimals)
        {
            digits = Math.Round(digits / (decimal)Math.Pow(10, decimals - MostDecimals), MidpointRounding.ToEven);
            decimals = MostDecimals;
        }

        var number = new PrintedNumber(text.Trim(), (long)digits, decimals);
        return number.Units <= number.UnitsInOne
            ? number
            : throw new ArgumentException($"The {name} is '{text}', above 1. "
                + "Write a percentage with its sign, such as 91.25%, or as a share, such as 0.9125.");
    }

    /// <summary>
    /// Whether <paramref name="part"/> of <paramref name="whole"/>, rounded or cut to these digits, is this number; 0 of 0 counts as 0, as
    /// scikit-learn prints it.
    /// </summary>
    public bool Fits(long part, long whole) =>
        whole == 0 ? part == 0 && Units == 0
        : (2 * UnitsInOne * (Int128)part) >= ((2 * Units) - 1) * (Int128)whole && UnitsInOne * (Int128)part < (Units + 1) * (Int128)whole;

    /// <summary>Whether a value, rounded or cut to these digits, is this number.</summary>
    public bool Fits(double value) => value >= Low - 1e-12 && value < High - 1e-12;

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(@"^\+?(?<whole>[0-9]{0,3})(?:\.(?<part>[0-9]{0,20}))?\s*(?<percent>%)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
