namespace CovidNotebooks.Cli.TextChecks;

/// <summary>Where a number comes from, or why that is not known.</summary>
/// <param name="Source">The nearest source that proves it; null where there is none.</param>
/// <param name="Contradiction">
/// A nearer source that agrees with the number in every digit but the last; the number then counts as one without a source.
/// </param>
internal sealed record NumberFinding(SourceRow? Source, SourceRow? Contradiction)
{
    public bool IsFound => Source is not null && Contradiction is null;
}

/// <summary>
/// Looks for the source of a number. Small numbers are found everywhere, so it is not enough that one stands somewhere: of all sources
/// that agree with the number in every digit but the last, none that differs in the last may be nearer by a tenth. Nearness is shared
/// words, rare ones more than common ones, the same word beside the number, shared numbers, those of one share (57 of 390) above all, the
/// same section, a cell close by. A source that shares no word and no number with the sentence proves nothing, nor does the output of
/// another section prove a count below twenty.
/// Numbers that stand together (a matrix, an interval, a size such as 7 × 7) must stand together in the source.
/// </summary>
internal sealed class NumberSearch
{
    /// <summary>Counts below this are found in outputs of their own section only.</summary>
    public const int SmallCount = 20;

    private const double WeightOfNumber = 5;
    private const double WeightOfSection = 3;
    private const double WeightOfNeighbour = 4;
    private const double WeightOfWordBeside = 4;
    private const double WeightOfSameDigits = 3;
    private const double WeightOfShare = 6;
    private const double WeightOfName = 6;
    private const double FewWords = 16;
    private const double FewNumbers = 8;
    private const double ClearlyNearer = 1.1;
    private const int NearCells = 3;
    private const int NearCharacters = 30;
    private const int NearNumbers = 3;

    private readonly IReadOnlyList<SourceRow> rows;
    private readonly Dictionary<string, double> rarity;

    /// <summary>A search in some sources.</summary>
    public NumberSearch(IReadOnlyList<SourceRow> rows)
    {
        this.rows = rows;
        rarity = rows.SelectMany(row => row.Words).CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => Math.Log((rows.Count + 1.0) / pair.Value), StringComparer.Ordinal);
    }

    /// <summary>Looks for the source of one number of a sentence.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="index">Which of its numbers.</param>
    public NumberFinding Find(Sentence sentence, int index)
    {
        var context = new Context(sentence, index);
        var best = new (double Nearness, SourceRow? Row)[10];
        foreach (var row in rows)
        {
            for (var at = 0; at < row.Numbers.Count; at++)
            {
                if (context.LastDigitBy(at, row) is { } digit && Nearness(context, at, row) is { } nearness
                    && nearness > best[digit].Nearness)
                {
                    best[digit] = (nearness, row);
                }
            }
        }

        var (own, found) = best[context.Number.LastDigit];
        var rival = Enumerable.Range(0, 10).Where(digit => digit != context.Number.LastDigit && !context.Prints(digit))
            .Select(digit => best[digit]).Where(item => item.Row is not null && (found is null || item.Nearness > own * ClearlyNearer))
            .OrderByDescending(item => item.Nearness).FirstOrDefault();
        return new NumberFinding(found, rival.Row);
    }

    /// <summary>How near a source is; null where it shares nothing with the sentence.</summary>
    private double? Nearness(Context context, int at, SourceRow row)
    {
        var source = row.Numbers[at];
        var nearness = 0.0;
        foreach (var word in row.Words)
        {
            if (context.Words.TryGetValue(word, out var weight))
            {
                nearness += rarity[word] * weight * (source.Words.Contains(word) ? 1 : .5 * Math.Min(1, FewWords / row.Words.Count));
            }
        }

        var shared = context.Others.Count(other => row.Numbers.Any(number => other.IsProvenBy(number.Number)));
        return nearness + shared == 0 ? null
            : nearness + (WeightOfNumber * shared * Math.Min(1, FewNumbers / row.Numbers.Count))
                + If(row.Section is { } own && own == context.Sentence.Section, WeightOfSection)
                + If(row.Cell - context.Sentence.Cell is >= -NearCells and <= NearCells, WeightOfNeighbour)
                + If(context.IsPartOfTheSame(at, row), WeightOfShare)
                + (WeightOfWordBeside * context.Beside.Count(source.Beside.Contains))
                + If(context.IsUnrounded(source.Number), WeightOfSameDigits)
                + If(row.IsNamed, WeightOfName);

        static double If(bool holds, double weight) => holds ? weight : 0;
    }

    /// <summary>What a number's surroundings say of it.</summary>
    private sealed class Context
    {
        private readonly IReadOnlyList<NumberInText> together;
        private readonly int position;
        private readonly NumberInText? part;
        private readonly NumberInText? whole;

        public Context(Sentence sentence, int index)
        {
            Sentence = sentence;
            Number = sentence.Numbers[index];
            together = sentence.Together(index);
            position = together.TakeWhile(number => number != Number).Count();
            part = index > 0 && sentence.IsShare(index - 1) ? sentence.Numbers[index - 1] : null;
            whole = index + 1 < sentence.Numbers.Count && sentence.IsShare(index) ? sentence.Numbers[index + 1] : null;
            Others = [.. sentence.Numbers.Where((other, i) => i != index && Math.Abs(i - index) <= NearNumbers && other.Text.Length > 1)];
            var text = sentence.Text;
            Beside = Vocabulary.Beside(text, Number);
            Add(sentence.Paragraph, .25);
            Add(text, .6);
            Add(text[Math.Max(0, Number.Start - NearCharacters)..Math.Min(text.Length, Number.End + NearCharacters)], 1);
        }

        public Sentence Sentence { get; }

        public NumberInText Number { get; }

        public IReadOnlyList<NumberInText> Others { get; }

        public IReadOnlySet<string> Beside { get; }

        public Dictionary<string, double> Words { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether a source has the digits that are printed, and nothing was rounded away.</summary>
        public bool IsUnrounded(NumberInText source)
        {
            var share = source.IsPercent ? source.Magnitude / 100 : source.Magnitude;
            return share == Math.Round(share, Math.Min(20, Number.Decimals + (Number.IsPercent ? 2 : 0)));
        }

        /// <summary>Whether the sentence prints the number with this last digit elsewhere, so that its source is no rival.</summary>
        public bool Prints(int digit) => Sentence.Numbers.Any(
            other => other.IsPercent == Number.IsPercent && other.Text == Number.WithLastDigit(digit));

        /// <summary>Whether "57 of the 390" stands in the source as 57/390 or 57 of 390.</summary>
        public bool IsPartOfTheSame(int at, SourceRow row) =>
            (part is not null && at > 0 && part.IsProvenBy(row.Numbers[at - 1].Number) && row.IsShare(at - 1))
            || (whole is not null && at + 1 < row.Numbers.Count && whole.IsProvenBy(row.Numbers[at + 1].Number) && row.IsShare(at));

        /// <summary>The last digit by a source that may prove this number; null for another.</summary>
        public int? LastDigitBy(int at, SourceRow row)
        {
            var source = row.Numbers[at];
            if (Number.IsCount && Number.Magnitude < SmallCount && row.Section is { } section && section != Sentence.Section)
            {
                return null;
            }

            return together.Count > 1 ? Together(at, row) : source.IsBound ? null : Number.LastDigitBy(source.Number);
        }

        private void Add(string text, double weight)
        {
            foreach (var word in Vocabulary.Of(text))
            {
                Words[word] = weight;
            }
        }

        /// <summary>
        /// With the source's digit in its place, its neighbours must still be its neighbours there; the ends of an interval may have
        /// changed places, as those of a difference do that is told with the other sign.
        /// </summary>
        private int? Together(int at, SourceRow row)
        {
            var source = row.Numbers[at];
            var holds = row.HoldsTogether(at - position, together, except: position)
                || (together.Count == 2 && source.IsBound
                    && row.HoldsTogether(at - (1 - position), [together[1], together[0]], except: 1 - position));
            return !holds ? null
                : Number.LastDigitBy(source.Number)
                    ?? (Number.IsCount && source.Number.Magnitude == Number.Magnitude ? Number.LastDigit : null);
        }
    }
}
