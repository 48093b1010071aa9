using System.Globalization;
using System.Text.RegularExpressions;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>A number as it stands in a text: its digits count, not its value alone.</summary>
/// <param name="Text">As printed, without a percent sign.</param>
/// <param name="Start">Where it begins in its line or sentence.</param>
/// <param name="Magnitude">Its value without a sign; of a percentage the printed one, 82.8.</param>
/// <param name="Decimals">Digits after its point.</param>
/// <param name="IsPercent">Whether a percent sign follows.</param>
internal sealed partial record NumberInText(string Text, int Start, decimal Magnitude, int Decimals, bool IsPercent)
{
    private const int MostDigits = 20;

    /// <summary>Where its digits end.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether it is printed with a power of ten: 1e-4.</summary>
    public bool HasExponent => Text.AsSpan().ContainsAny('e', 'E');

    /// <summary>A whole number that is no percentage: a count.</summary>
    public bool IsCount => Decimals == 0 && !IsPercent && !HasExponent;

    /// <summary>The numbers of a text. What is part of a word (VGG16, COVID-19, 05-corrected)
    /// or begins with a zero like a notebook (05) is a name.</summary>
    /// <param name="text">One line or sentence.</param>
    public static IReadOnlyList<NumberInText> In(string text)
    {
        var numbers = new List<NumberInText>();
        foreach (Match match in Digits().Matches(text))
        {
            if (!IsName(text, match.Index, match.Index + match.Length) && Read(match) is { } number)
            {
                numbers.Add(number);
            }
        }

        return numbers;

        NumberInText? Read(Match match)
        {
            var digits = match.Value.Replace(",", "", StringComparison.Ordinal).Replace('−', '-');
            if (digits.Count(char.IsAsciiDigit) > MostDigits
                || !decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            var mantissa = digits.Split('e', 'E')[0];
            var decimals = mantissa.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? mantissa.Length - point - 1 : 0;
            return new NumberInText(match.Value, match.Index, value, decimals, Percent().IsMatch(text, match.Index + match.Length));
        }
    }

    /// <summary>
    /// Whether a source proves this number: it is the same at the digits that are printed here. A share proves its percentage and the
    /// other way round; a source with fewer digits proves nothing, and only a count proves a count.
    /// </summary>
    /// <param name="source">The number of a source.</param>
    public bool IsProvenBy(NumberInText source) => Units is { } own && InUnitsOfLastDigit(source) == own;

    /// <summary>
    /// The last digit of what a source says in place of this number, where both agree in every digit before it; null where they do not, or
    /// where the source has too few digits. Of 1e-4 it is the power of ten.
    /// </summary>
    /// <param name="source">The number of a source.</param>
    public int? LastDigitBy(NumberInText source)
    {
        if (HasExponent)
        {
            return source.Magnitude == Magnitude ? LastDigit
                : char.IsAsciiDigit(Text[^2]) ? null
                : Enumerable.Range(0, 10).Cast<int?>().FirstOrDefault(power => source.Magnitude == Leading * PowerOfTen(-power!.Value));
        }

        return Units is { } own && InUnitsOfLastDigit(source) is { } units && Math.Floor(units / 10) == Math.Floor(own / 10)
            ? (int)(units % 10)
            : null;
    }

    /// <summary>Its own last digit; of 1e-4 the power of ten.</summary>
    public int LastDigit => Text[^1] - '0';

    /// <summary>The same number with another last digit.</summary>
    public string WithLastDigit(int digit) => Text[..^1] + (char)('0' + digit);

    /// <summary>The digits before the power of ten.</summary>
    private decimal Leading => decimal.Parse(Text.Split('e', 'E')[0], NumberStyles.Float | NumberStyles.AllowThousands,
        CultureInfo.InvariantCulture);

    private decimal? Units => HasExponent ? Magnitude : Scaled(Magnitude, Decimals);

    private decimal? InUnitsOfLastDigit(NumberInText source)
    {
        if (HasExponent)
        {
            return source.Magnitude;
        }

        if (IsCount)
        {
            return source.IsCount ? source.Magnitude : null;
        }

        var shift = (IsPercent ? 2 : 0) - (source.IsPercent ? 2 : 0);
        var digits = source.Decimals - shift;
        return source.HasExponent || digits >= Decimals
            ? Scaled(source.Magnitude, Decimals + shift) is { } units ? Math.Round(units, MidpointRounding.AwayFromZero) : null
            : null;
    }

    private static decimal? Scaled(decimal value, int decimals) =>
        value < 1_000_000_000_000m && decimals <= 12 ? value * PowerOfTen(decimals) : null;

    private static decimal PowerOfTen(int power)
    {
        var value = 1m;
        for (var i = 0; i < Math.Abs(power); i++)
        {
            value = power > 0 ? value * 10 : value / 10;
        }

        return value;
    }

    /// <summary>Whether letters stand in the same word.</summary>
    private static bool IsName(string text, int start, int end)
    {
        if (text[start] == '0' && end > start + 1 && char.IsAsciiDigit(text[start + 1]))
        {
            return true;
        }

        var (first, last) = (start, end);
        while (first > 0 && !IsBreak(text[first - 1]))
        {
            first--;
        }

        while (last < text.Length && !IsBreak(text[last]))
        {
            last++;
        }

        return text.AsSpan(first, start - first).ToString().Any(IsNameLetter) || text.AsSpan(end, last - end).ToString().Any(IsNameLetter);
    }

    private static bool IsNameLetter(char c) => c is '_' or '@' || char.IsLetter(c);

    private static bool IsBreak(char c) =>
        char.IsWhiteSpace(c) || "()[]{},;|\"“”«»*=–—×:<>±~^'’".Contains(c, StringComparison.Ordinal);

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}.])(?:(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
            + @"(?:[eE][-−]?[0-9]{1,2})?(?![\p{L}\p{N}]|\.[0-9])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();

    /// <summary>A percent sign, or the end of a range with one: 70 to 80 %.</summary>
    [GeneratedRegex(
        @"\G[\s\u00A0\u202F]?(?:%|(?:to|and|or|–|-)[\s\u00A0\u202F]?[0-9.]+[\s\u00A0\u202F]?%)",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Percent();
}
