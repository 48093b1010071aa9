using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>Which of the printed numbers cannot be together: the smallest sets of them that no matrix gives.</summary>
internal static class ClaimContradictions
{
    public static IEnumerable<string> Of(Claim claim)
    {
        var numbers = claim.Numbers;
        var of = claim.Positives is { } positives ? $"{claim.Images} images with {positives} positives" : $"{claim.Images} images";
        List<int> contradicting = [];
        var everything = (1 << numbers.Count) - 1;
        foreach (var set in Enumerable.Range(1, everything).OrderBy(set => int.PopCount(set)))
        {
            // A set that holds a contradiction is one itself, and says nothing new.
            if (contradicting.Exists(known => (set & known) == known))
            {
                continue;
            }

            var search = new MatrixSearch(claim.Images, claim.Positives, Chosen(numbers, set));
            if (search.IsTooLarge || search.Any())
            {
                continue;
            }

            contradicting.Add(set);
            var chosen = Chosen(numbers, set);
            yield return chosen.Length == 1
                ? $"The {Text(chosen[0])} alone cannot be: no share of {of} is printed so{Nearest(claim, chosen[0])}."
                : $"{string.Join(" and ", chosen.Select(Text))} cannot be together with {of}.";
        }

        foreach (var left in Enumerable.Range(0, numbers.Count)
            .Where(left => numbers.Count > 1 && contradicting.TrueForAll(set => (set & (1 << left)) != 0)))
        {
            yield return $"Without the {Text(numbers[left])} everything else fits.";
        }

        if (claim.Positives is { } known && new MatrixSearch(claim.Images, null, numbers) is { IsTooLarge: false } anyPositives
            && anyPositives.All(1) is { Count: > 0 } free)
        {
            var first = free.Matrices[0];
            yield return $"With another number of positives than {known} it fits: "
                + (free.Count == 1 ? $"with {first.Positives}, {first}." : $"such as {first} with {first.Positives}.");
        }
    }

    private static (CountRatio Ratio, PrintedNumber Number)[] Chosen(IReadOnlyList<(CountRatio Ratio, PrintedNumber Number)> numbers,
        int set) =>
        [.. numbers.Where((_, i) => (set & (1 << i)) != 0)];

    private static string Text((CountRatio Ratio, PrintedNumber Number) own) => $"{own.Ratio.Words} {own.Number}";

    /// <summary>The shares on either side, where the number of images that they are of is known.</summary>
    private static string Nearest(Claim claim, (CountRatio Ratio, PrintedNumber Number) own)
    {
        int? whole = own.Ratio == CountRatio.Accuracy ? claim.Images
            : own.Ratio == CountRatio.Sensitivity ? claim.Positives
            : own.Ratio == CountRatio.Specificity ? claim.Images - claim.Positives
            : null;
        if (whole is not > 0)
        {
            return "";
        }

        var below = (int)Math.Floor(own.Number.Value * whole.Value);
        return $"; the nearest are {below}/{whole} = {DisplayedNumber.Fixed((double)below / whole.Value, 4)}"
            + (below < whole ? $" and {below + 1}/{whole} = {DisplayedNumber.Fixed((below + 1.0) / whole.Value, 4)}" : "");
    }
}
