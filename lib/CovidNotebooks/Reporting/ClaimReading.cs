namespace CovidNotebooks.Reporting;

/// <summary>One way to understand the printed numbers: as they are named, or with names exchanged.</summary>
/// <param name="Numbers">Each number with what it is taken for.</param>
/// <param name="Positives">How many images are of the positive class; null where it is not known.</param>
/// <param name="Changes">What is taken for something else, in words; empty where all is as named.</param>
internal sealed record ClaimReading(IReadOnlyList<(CountRatio Ratio, PrintedNumber Number)> Numbers, int? Positives,
    IReadOnlyList<string> Changes)
{
    /// <summary>As named.</summary>
    public static ClaimReading Of(Claim claim) => new(claim.Numbers, claim.Positives, []);

    /// <summary>
    /// Every exchange of names, the fewest changes first. With unknown positives an exchange of the two classes is the same claim and is
    /// left out.
    /// </summary>
    public static IEnumerable<ClaimReading> Exchanged(Claim claim)
    {
        var numbers = claim.Numbers;
        var named = numbers.Where(own => CountRatio.OfOneClass.Contains(own.Ratio)).ToArray();
        var readings =
            from meanings in Assignments(named.Length)
            from f1 in numbers.Any(own => own.Ratio == CountRatio.F1) ? new[] { CountRatio.F1, CountRatio.F1OfNegatives } : [CountRatio.F1]
            from swapped in claim.Positives is null ? new[] { false } : [false, true]
            select Reading(claim, named, meanings, f1, swapped);
        return readings.Where(reading => reading.Changes.Count > 0).OrderBy(reading => reading.Changes.Count);
    }

    /// <summary>Whether a matrix gives all the numbers in this reading.</summary>
    public bool Fits(CountMatrix matrix, int? images) => Misfits(matrix, images).Count == 0;

    /// <summary>What a matrix does not give, in words.</summary>
    public IReadOnlyList<string> Misfits(CountMatrix matrix, int? images)
    {
        List<string> misfits = [];
        if (images is { } count && matrix.Total != count)
        {
            misfits.Add($"n {count}");
        }

        if (Positives is { } positives && matrix.Positives != positives)
        {
            misfits.Add($"positives {positives}");
        }

        misfits.AddRange(Numbers.Where(own => own.Ratio.Of(matrix) is var (part, whole) && !own.Number.Fits(part, whole))
            .Select(own => $"{own.Ratio.Words} {own.Number}"));
        return misfits;
    }

    private static ClaimReading Reading(Claim claim, (CountRatio Ratio, PrintedNumber Number)[] named, CountRatio[] meanings,
        CountRatio f1, bool swapped)
    {
        List<string> changes = [];
        var all = named.Length > 0 && named.Zip(meanings).All(pair => pair.Second == OfOtherClass(pair.First.Ratio))
            && (claim.F1 is null || f1 == CountRatio.F1OfNegatives);
        if (all)
        {
            changes.Add($"{string.Join(", ", named.Select(own => own.Ratio.Words).Concat(claim.F1 is null ? [] : ["F1"]))} "
                + $"{(named.Length + (claim.F1 is null ? 0 : 1) == 1 ? "is" : "are")} of the other class");
        }
        else
        {
            changes.AddRange(named.Zip(meanings).Where(pair => pair.First.Ratio != pair.Second)
                .Select(pair => $"'{pair.First.Ratio.Words}' {pair.First.Number} is the {pair.Second.Words}"));
            if (f1 == CountRatio.F1OfNegatives)
            {
                changes.Add("F1 is of the other class");
            }
        }

        if (swapped)
        {
            changes.Add($"the {claim.Positives} 'positives' are the negatives");
        }

        var numbers = claim.Numbers.Where(own => !CountRatio.OfOneClass.Contains(own.Ratio))
            .Select(own => (own.Ratio == CountRatio.F1 ? f1 : own.Ratio, own.Number))
            .Concat(named.Zip(meanings, (own, meaning) => (meaning, own.Number))).ToArray();
        return new ClaimReading(numbers, swapped ? claim.Images - claim.Positives : claim.Positives, changes);
    }

    private static CountRatio OfOtherClass(CountRatio ratio) =>
        ratio == CountRatio.Sensitivity ? CountRatio.Specificity
        : ratio == CountRatio.Specificity ? CountRatio.Sensitivity
        : ratio == CountRatio.Precision ? CountRatio.NegativePredictiveValue
        : CountRatio.Precision;

    /// <summary>So many different meanings, in every order.</summary>
    private static IEnumerable<CountRatio[]> Assignments(int count) => count == 0
        ? [[]]
        : from rest in Assignments(count - 1)
          from meaning in CountRatio.OfOneClass
          where !rest.Contains(meaning)
          select (CountRatio[])[.. rest, meaning];
}
