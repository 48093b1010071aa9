using System.Globalization;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Reporting;

/// <summary>The values that a metric has in the matrices that fit, with Wilson's interval around them.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Low">Its least value.</param>
/// <param name="High">Its greatest value; the same where one matrix fits.</param>
/// <param name="Interval">Wilson's of the one value; of several the widest that any has. Images are taken for independent.</param>
public sealed record ClaimedShare(string Name, double Low, double High, Interval Interval);

/// <summary>Another way to understand the names, in which the numbers fit.</summary>
/// <param name="Changes">What is to be taken for what.</param>
/// <param name="Count">How many matrices fit then.</param>
/// <param name="Matrices">The first of them.</param>
public sealed record NameExchange(IReadOnlyList<string> Changes, long Count, IReadOnlyList<CountMatrix> Matrices);

/// <summary>
/// What the check of a <see cref="Claim"/> found. Matrices are <c>[[TN, FP], [FN, TP]]</c>: rows the truth, the positive class last.
/// </summary>
public sealed class ClaimReport : Displayed
{
    /// <summary>So many matrices are kept; all are counted.</summary>
    public const int Kept = 10_000;

    private const int MostListed = 200;
    private const int Examples = 20;

    private ClaimReport(Claim claim) => Claim = claim;

    /// <summary>What was checked.</summary>
    public Claim Claim { get; }

    /// <summary>How many matrices fit all numbers as they are named; 0 where none does.</summary>
    public long Count { get; private init; }

    /// <summary>The matrices that fit, at most <see cref="Kept"/>.</summary>
    public IReadOnlyList<CountMatrix> Matrices { get; private init; } = [];

    /// <summary>The least and the greatest value of each cell over all matrices that fit.</summary>
    public (CountMatrix Least, CountMatrix Most) Cells { get; private init; }

    /// <summary>Where nothing fits as named: the exchanges of names with which it does, those with the fewest changes.</summary>
    public IReadOnlyList<NameExchange> Exchanges { get; private init; } = [];

    /// <summary>What the printed matrix does not give; empty where it gives all or none was printed.</summary>
    public IReadOnlyList<string> MatrixMisfits { get; private init; } = [];

    /// <summary>Cells of the printed matrix whose change makes the numbers fit.</summary>
    public IReadOnlyList<MatrixCorrection> Corrections { get; private init; } = [];

    /// <summary>The intervals that the numbers should have had.</summary>
    public IReadOnlyList<ClaimedShare> Shares { get; private init; } = [];

    /// <summary>Everything that was found, a sentence each, the finding first.</summary>
    public IReadOnlyList<string> Findings { get; private init; } = [];

    /// <summary>The same for other programs, as JSON.</summary>
    public string ToJson() => ClaimJson.Of(this);

    /// <inheritdoc/>
    public override DisplayDocument Describe() => new DisplayDocument(Findings.Select((finding, i) =>
        new Paragraph(finding, i == 0 ? ParagraphKind.Finding : ParagraphKind.Text))).Add(Shares.Count > 0 ? SharesTable() : null);

    internal static ClaimReport Of(Claim claim)
    {
        var named = ClaimReading.Of(claim);
        CountMatrix? printed = claim.Matrix is { } cells ? new(cells[0], cells[1], cells[2], cells[3]) : null;
        var search = new MatrixSearch(claim.Images, claim.Positives, named.Numbers);
        if (claim.Numbers.Count > 0 && search.IsTooLarge)
        {
            throw new ArgumentException($"{Number(claim.Images)} images and so few digits leave too many matrices to search. "
                + "Give the positives, further numbers or more digits.");
        }

        var found = claim.Numbers.Count > 0 ? search.All(Kept) : null;
        var exchanges = found is { Count: 0 } ? Exchanged(claim) : [];
        var misfits = printed is { } matrix ? named.Misfits(matrix, claim.Images) : [];
        var corrections = printed is { } own && misfits.Count > 0 ? ClaimMatrix.Corrections(claim, own) : [];
        IReadOnlyList<CountMatrix> shown = Shown(printed, misfits, corrections, found);
        return new ClaimReport(claim)
        {
            Count = found?.Count ?? 0,
            Matrices = found?.Matrices ?? [],
            Cells = found is { Count: > 0 } ? (found.Least, found.Most) : default,
            Exchanges = exchanges,
            MatrixMisfits = misfits,
            Corrections = corrections,
            Shares = ClaimShares.Of(shown, claim.Confidence),
            Findings =
            [
                .. printed is { } one ? Printed(claim, one, misfits, corrections) : [],
                .. found is null ? [] : Fitting(claim, found, listed: printed is null),
                .. found is { Count: 0 } ? ClaimContradictions.Of(claim) : [],
                .. exchanges.Select(Sentence),
                .. ClaimArea.Sentences(claim, shown),
            ],
        };
    }

    internal static ClaimReport OfManyClasses(Claim claim) => new(claim) { Findings = [.. ClaimOfManyClasses.Sentences(claim)] };

    /// <summary>
    /// What intervals and areas are told of: the printed matrix, or its one correction, or else those that fit, where these are few enough
    /// to be known one by one.
    /// </summary>
    private static IReadOnlyList<CountMatrix> Shown(CountMatrix? printed, IReadOnlyList<string> misfits,
        IReadOnlyList<MatrixCorrection> corrections, FoundMatrices? found) =>
        printed is { } matrix && misfits.Count == 0 ? [matrix]
        : corrections is [{ } only] ? [only.Matrix]
        : found is { Count: > 0 and <= Kept } ? found.Matrices
        : found is null && printed is { } alone ? [alone]
        : [];

    private static NameExchange[] Exchanged(Claim claim)
    {
        var fewest = int.MaxValue;
        List<NameExchange> found = [];
        foreach (var reading in ClaimReading.Exchanged(claim).TakeWhile(reading => reading.Changes.Count <= fewest))
        {
            if (new MatrixSearch(claim.Images, reading.Positives, reading.Numbers) is { IsTooLarge: false } search
                && search.All(Examples) is { Count: > 0 } own)
            {
                fewest = reading.Changes.Count;
                found.Add(new NameExchange(reading.Changes, own.Count, own.Matrices));
            }
        }

        return [.. found];
    }

    private static IEnumerable<string> Fitting(Claim claim, FoundMatrices found, bool listed)
    {
        var of = $"{Number(claim.Images)} images{(claim.Positives is { } positives ? $", {Number(positives)} of them positive" : "")}";
        if (found.Count == 0)
        {
            yield return $"No matrix of {of} gives all these numbers, rounded or cut, as they are named.";
            yield break;
        }

        yield return found.Count == 1
            ? $"Only one matrix of {of} gives these numbers: {found.Matrices[0]}."
            : $"{Number(found.Count)} matrices of {of} give these numbers: TN {Range(found, 0)}, FP {Range(found, 1)}, FN "
                + $"{Range(found, 2)}, TP {Range(found, 3)}.";
        if (found.Count > 1 && listed)
        {
            var lines = found.Count <= MostListed ? MostListed : Examples;
            foreach (var matrix in found.Matrices.Take(lines))
            {
                yield return $"  {matrix}{(claim.Positives is null ? $"  ({Number(matrix.Positives)} positives)" : "")}";
            }

            if (found.Count > lines)
            {
                yield return $"  … and {Number(found.Count - lines)} more{(found.Count > Kept ? "" : "; --json lists them")}. Further "
                    + "numbers, or more digits, would narrow them down.";
            }
        }

        foreach (var (ratio, number) in claim.Numbers)
        {
            if (found.Count <= Kept && found.Matrices.All(matrix => ratio.Of(matrix) is var (part, whole)
                && IsCutOnly(number, part, whole)))
            {
                var (part, whole) = ratio.Of(found.Matrices[0]);
                var where = found.Count == 1
                    ? $"{part}/{whole} = {DisplayedNumber.Fixed((double)part / whole, 5)}"
                    : "so in every matrix that fits";
                yield return $"The {ratio.Words} {number} was cut, not rounded: {where}.";
            }
        }
    }

    private static bool IsCutOnly(PrintedNumber number, long part, long whole) =>
        whole > 0 && (2 * (Int128)part * number.UnitsInOne) > (((2 * number.Units) + 1) * (Int128)whole);

    private static string Sentence(NameExchange exchange) =>
        $"It fits if {string.Join("; ", exchange.Changes)}: "
            + (exchange.Count == 1 ? "only " : $"{Number(exchange.Count)} matrices, such as ") + $"{exchange.Matrices[0]}.";

    private static IEnumerable<string> Printed(Claim claim, CountMatrix printed, IReadOnlyList<string> misfits,
        IReadOnlyList<MatrixCorrection> corrections)
    {
        yield return misfits.Count == 0
            ? $"The printed matrix {printed} gives all these numbers."
            : $"The printed matrix {printed} does not give {string.Join(", ", misfits)}: it has {Number(printed.Total)} images, "
                + $"{Number(printed.Positives)} of them positive; {ClaimShares.Text(printed)}.";
        if (misfits.Count == 0)
        {
            yield break;
        }

        if (printed.Total == claim.Images && claim.Positives is { } positives && printed.Positives != positives
            && printed.Negatives == positives)
        {
            yield return $"The row called positive has {Number(printed.Positives)} images and the other {Number(printed.Negatives)}, but "
                + $"{Number(positives)} are positive: the rows are swapped, or the two classes have each other's names.";
        }

        var readings = ClaimReading.Exchanged(claim).Prepend(ClaimReading.Of(claim)).Where(reading => reading.Positives == claim.Positives)
            .ToArray();
        var arranged = ClaimMatrix.Rearranged(printed).Prepend((Words: "", Matrix: printed))
            .SelectMany(own => readings.Where(reading => reading.Fits(own.Matrix, claim.Images))
            .Select(reading => (own.Words, own.Matrix, reading.Changes))).ToArray();
        foreach (var (words, matrix, changes) in arranged.Where(own =>
            Cost(own.Words, own.Changes) == arranged.Min(other => Cost(other.Words, other.Changes))))
        {
            yield return "The printed matrix gives all these numbers if "
                + $"{string.Join("; ", changes.Prepend(words).Where(text => text.Length > 0))}: {matrix}.";
        }

        foreach (var correction in arranged.Length > 0 ? [] : corrections.Take(Examples))
        {
            var changes = string.Join(" and ", correction.Changes.Select(change =>
                $"{change.Cell} is {Number(change.Corrected)} instead of {Number(change.Printed)}"));
            var others = correction.Unexplained.Count == 0 ? "everything else fits"
                : $"all but {string.Join(", ", correction.Unexplained)} fits";
            yield return $"If {changes}, "
                + $"{others}{(correction.Renamed.Count > 0 ? $", provided that {string.Join("; ", correction.Renamed)}" : "")}"
                + (correction.FromMisprint.Count > 0 ? $"; {string.Join(", ", correction.FromMisprint)} was computed from the misprint"
                    : "")
                + $": {correction.Matrix}.";
        }

        if (arranged.Length == 0 && corrections.Count == 0)
        {
            var given = claim.Numbers.Where(own => own.Ratio.Of(printed) is var (part, whole) && own.Number.Fits(part, whole))
                .Select(own => $"{own.Ratio.Words} {own.Number}").ToArray();
            yield return "No exchange of rows, "
                + "columns or names and no change of one or two cells makes the printed matrix give these numbers"
                + (given.Length > 0 ? $"; it does give {string.Join(", ", given)}, so the numbers seem to be of two evaluations." : ".");
        }
        else if (corrections.Count > Examples)
        {
            yield return $"… and {Number(corrections.Count - Examples)} further changes of two cells.";
        }
    }

    private static int Cost(string words, IReadOnlyList<string> changes) => (words.Length > 0 ? 1 : 0) + changes.Count;

    private static string Range(FoundMatrices found, int cell) => found.Least.Cells[cell] is var low && found.Most.Cells[cell] is var high
        && low == high ? Number(low) : $"{Number(low)} to {Number(high)}";

    private static string Number(long? count) => (count ?? 0).ToString("N0", CultureInfo.InvariantCulture);

    private Table SharesTable()
    {
        var table = new Table(
            Shares.Any(share => share.High > share.Low) ? $"What the {Number(Count)} matrices say" : "What the matrix says",
            TableColumn.Text("metric"), TableColumn.Number("value"),
                TableColumn.Number($"{DisplayedNumber.Fixed(Claim.Confidence * 100, 0)} % interval (Wilson)"));
        foreach (var share in Shares)
        {
            var low = DisplayedNumber.Fixed(share.Low, 4);
            var high = DisplayedNumber.Fixed(share.High, 4);
            table.Add(share.Name, low == high ? low : $"{low} to {high}", share.Interval.ToText());
        }

        return table.Note("Images are taken for independent: with several of one patient the intervals are too narrow.");
    }
}
