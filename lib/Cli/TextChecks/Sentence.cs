using System.Text.RegularExpressions;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>A sentence, or a row of a table, of a text that is checked.</summary>
/// <param name="Place">The cell of a notebook, or the line of a file.</param>
/// <param name="Section">The notebook's section; null outside a notebook.</param>
/// <param name="Text">The sentence, without code and addresses.</param>
/// <param name="Paragraph">The paragraph or table that it stands in.</param>
/// <param name="Named">Files and notebooks that the paragraph names in code and links.</param>
internal sealed partial record Sentence(string Place, string? Section, string Text, string Paragraph, IReadOnlyList<string> Named)
{
    private IReadOnlyList<NumberInText>? numbers;

    /// <summary>Which cell of a notebook it stands in; null outside a notebook.</summary>
    public int? Cell { get; init; }

    /// <summary>Its numbers. Those that name a document or a notebook (document 2, notebooks 1 to 5) are names.</summary>
    public IReadOnlyList<NumberInText> Numbers =>
        numbers ??= NumberInText.In(Names().Replace(Text, match => new string('_', match.Length)));

    /// <summary>The documents that its paragraph names.</summary>
    public IReadOnlyList<int> Documents =>
    [
        .. Names().Matches(Paragraph).Concat(Names().Matches(Text))
            .SelectMany(match => match.Value.Where(char.IsAsciiDigit)).Select(digit => digit - '0').Where(digit => digit > 0).Distinct(),
    ];

    /// <summary>
    /// The numbers that a number stands together with, itself among them: the cells of a matrix, the ends of an interval, the sides of a
    /// size.
    /// </summary>
    public IReadOnlyList<NumberInText> Together(int index)
    {
        var (first, last) = (index, index);
        while (first > 0 && AreOne(first - 1))
        {
            first--;
        }

        while (last + 1 < Numbers.Count && AreOne(last))
        {
            last++;
        }

        return [.. Numbers.Skip(first).Take(last - first + 1)];
    }

    /// <summary>Whether a number and the next one are part and whole.</summary>
    public bool IsShare(int index) => Vocabulary.MakesShare(Text[Numbers[index].End..Numbers[index + 1].Start]);

    /// <summary>The sentence with another last digit of one number.</summary>
    public Sentence WithLastDigit(int index, int digit)
    {
        var number = Numbers[index];
        var text = Text[..number.Start] + number.WithLastDigit(digit) + Text[number.End..];
        return new Sentence(Place, Section, text, Paragraph, Named) { Cell = Cell };
    }

    private bool AreOne(int index)
    {
        var between = Text[Numbers[index].End..Numbers[index + 1].Start];
        return Times().IsMatch(between) || (Comma().IsMatch(between) && IsInsideBrackets(index));
    }

    /// <summary>Whether brackets are open from a number to the one after it.</summary>
    private bool IsInsideBrackets(int index)
    {
        var depth = 0;
        for (var i = 0; i < Numbers[index + 1].Start; i++)
        {
            depth += Text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth <= 0 && i >= Numbers[index].Start)
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(
        @"^[1-9]\.(?=\s|$)"
            + @"|\b[Dd]ocuments?:?\s+[1-9](?:(?:, | and |, and | to | or )[1-9](?![0-9.%]))*(?![0-9.,]*[0-9])"
            + @"|\b[Nn]otebooks?\s+0?[1-9](?:(?:, | and | to )0?[1-9](?![0-9.%]))*(?![0-9.,]*[0-9])",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"^\s*[×x/]\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Times();

    [GeneratedRegex(@"^\]?\s*,\s*\[?[-−]?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comma();
}
