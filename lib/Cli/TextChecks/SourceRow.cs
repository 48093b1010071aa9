namespace CovidNotebooks.Cli.TextChecks;

/// <summary>A number of a source.</summary>
/// <param name="Number">The number.</param>
/// <param name="Words">What it is called: its row, its column, its own cell.</param>
/// <param name="Beside">The words on both sides of it (<see cref="Vocabulary.Beside"/>).</param>
/// <param name="IsBound">Whether it is one end of an interval; such a one proves no number that stands alone.</param>
internal sealed record SourceNumber(NumberInText Number, IReadOnlySet<string> Words, IReadOnlySet<string> Beside, bool IsBound);

/// <summary>A line that numbers can be found in: of an output, of code, of a protocol, of a run, of the named constants.</summary>
/// <param name="Place">Where it stands, for people: a cell, a protocol, a run.</param>
/// <param name="Text">The line.</param>
/// <param name="Section">The section of the notebook that the output stands in; null for what is in no section.</param>
/// <param name="Cell">Which cell of the notebook printed it; null for what no cell printed.</param>
/// <param name="Words">What the whole line and its table are about.</param>
/// <param name="Numbers">Its numbers, in order.</param>
internal sealed record SourceRow(
    string Place, string Text, string? Section, int? Cell, IReadOnlySet<string> Words, IReadOnlyList<SourceNumber> Numbers)
{
    /// <summary>Whether a person named it as the source of such numbers.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether numbers stand in it side by side, as a matrix, an interval or a size does.</summary>
    /// <param name="first">Which of its numbers is the first.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="except">One of them that may be another.</param>
    public bool HoldsTogether(int first, IReadOnlyList<NumberInText> numbers, int except) =>
        first >= 0 && first + numbers.Count <= Numbers.Count && Enumerable.Range(0, numbers.Count).All(i =>
            (i == except || Proves(Numbers[first + i].Number, numbers[i]))
            && (i == 0 || AreNeighbours(Numbers[first + i - 1], Numbers[first + i])));

    /// <summary>Whether a number and the next one are part and whole.</summary>
    public bool IsShare(int index) => Vocabulary.MakesShare(Text[Numbers[index].Number.End..Numbers[index + 1].Number.Start]);

    /// <summary>In a size or an interval 1 may stand for 1.000.</summary>
    private static bool Proves(NumberInText source, NumberInText number) =>
        number.IsProvenBy(source) || (number.IsCount && source.Magnitude == number.Magnitude);

    private bool AreNeighbours(SourceNumber first, SourceNumber second) =>
        !Text.AsSpan(first.Number.End, second.Number.Start - first.Number.End).ToString().Any(c => char.IsLetterOrDigit(c) && c != 'x');
}
