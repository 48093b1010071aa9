using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>The words of a text by which a number and its source are recognised as being about the same thing.</summary>
internal static partial class Vocabulary
{
    private const int Stem = 5;

    /// <summary>Words that say nothing of what a number is.</summary>
    private static readonly FrozenSet<string> Empty =
        ("the of and an in on to for with that is are it its at by as from this be or not than which was were has have had all each "
            + "one two three here").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The first five letters of each word (batches and batch_size share <c>batch</c>), in lower case; <c>roc_auc</c> and AUC are one
    /// word, and so is the p of a test.
    /// </summary>
    public static IReadOnlySet<string> Of(string text) => Words().Matches(text).Select(match => match.Value.ToLowerInvariant())
        .Where(word => !Empty.Contains(word)).Select(word => word[..Math.Min(Stem, word.Length)]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether what stands between two numbers makes them part and whole: 57/390, 57 of the 390.</summary>
    public static bool MakesShare(string between) => Share().IsMatch(between);

    [GeneratedRegex(@"^\s*(/|of|of the)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Share();

    /// <summary>The word before a number and the one behind it, told apart: <c>code|</c> and <c>|batch</c> of "code 8 batches".</summary>
    public static IReadOnlySet<string> Beside(string text, NumberInText number)
    {
        var before = Before().Match(text[..number.Start]);
        var behind = Behind().Match(text[number.End..]);
        return Of(before.Groups["word"].Value).Select(word => word + "|").Concat(Of(behind.Groups["word"].Value).Select(word => "|" + word))
            .ToHashSet(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"(?<word>[A-Za-z]+)[\s:=("",“]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Before();

    [GeneratedRegex(@"^[\s%)\]""”]*(?<word>[A-Za-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Behind();

    [GeneratedRegex(@"(?<!\p{L})p(?!\p{L})|[A-Za-z]{2,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
