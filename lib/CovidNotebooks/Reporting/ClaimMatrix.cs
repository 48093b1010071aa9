namespace CovidNotebooks.Reporting;

/// <summary>A cell of a printed matrix whose change makes the numbers fit.</summary>
/// <param name="Cell"><c>TN</c>, <c>FP</c>, <c>FN</c> or <c>TP</c>.</param>
/// <param name="Printed">As printed.</param>
/// <param name="Corrected">What makes the numbers fit.</param>
public sealed record CellChange(string Cell, long Printed, long Corrected);

/// <summary>A corrected matrix.</summary>
/// <param name="Changes">The cells that were changed.</param>
/// <param name="Matrix">With these changes.</param>
/// <param name="Unexplained">What even then does not fit; empty where everything does.</param>
/// <param name="FromMisprint">Numbers that fit the matrix as printed instead: they were computed from the misprint.</param>
/// <param name="Renamed">Names that must be exchanged besides; empty where none.</param>
public sealed record MatrixCorrection(IReadOnlyList<CellChange> Changes, CountMatrix Matrix, IReadOnlyList<string> Unexplained,
    IReadOnlyList<string> FromMisprint, IReadOnlyList<string> Renamed)
{
    internal (int, int, int) Strain => (Unexplained.Count, FromMisprint.Count, Renamed.Count);
}

/// <summary>What is to be said about a printed matrix beside the printed numbers.</summary>
internal static class ClaimMatrix
{
    private static readonly string[] CellNames = ["TN", "FP", "FN", "TP"];

    /// <summary>Other ways to arrange the printed rows and columns, in the words for them.</summary>
    public static IEnumerable<(string Words, CountMatrix Matrix)> Rearranged(CountMatrix matrix)
    {
        var (a, b, c, d) = (matrix.TrueNegatives, matrix.FalsePositives, matrix.FalseNegatives, matrix.TruePositives);
        yield return ("the rows are swapped", new(c, d, a, b));
        yield return ("the columns are swapped", new(b, a, d, c));
        yield return ("the two classes are swapped, rows and columns", new(d, c, b, a));
        yield return ("rows and columns are exchanged: the columns are the truth", new(a, c, b, d));
        yield return ("the columns are the truth, and the two classes are swapped", new(d, b, c, a));
    }

    /// <summary>
    /// The fewest cells whose change makes everything fit; where no change does, those single changes that leave least unexplained.
    /// </summary>
    public static IReadOnlyList<MatrixCorrection> Corrections(Claim claim, CountMatrix matrix)
    {
        ClaimReading[] readings = [ClaimReading.Of(claim), .. ClaimReading.Exchanged(claim)
            .Where(reading => reading.Positives == claim.Positives)];
        var single = Candidates(claim.Images, matrix, 1)
            .Select(candidate => readings.Select(reading => Correction(matrix, candidate, reading, claim.Images)).MinBy(own => own.Strain)!)
            .ToArray();
        if (single.Length > 0)
        {
            // A correction must make something fit that did not, besides the number of images that it is made for.
            var before = readings[0].Misfits(matrix, claim.Images).Count;
            var best = single.Min(own => own.Strain);
            if (best.Item1 == 0 && (best.Item2 == 0 || best.Item2 < before - 1))
            {
                return [.. single.Where(own => own.Strain == best)];
            }
        }

        return [.. Candidates(claim.Images, matrix, 2).Where(candidate => readings[0].Fits(candidate, claim.Images))
            .Select(candidate => Correction(matrix, candidate, readings[0], claim.Images))];
    }

    private static MatrixCorrection Correction(CountMatrix printed, CountMatrix corrected, ClaimReading reading, int images)
    {
        var misfits = reading.Misfits(corrected, images);
        var asPrinted = reading.Misfits(printed, images);
        return new(
            [.. Enumerable.Range(0, 4).Where(cell => printed.Cells[cell] != corrected.Cells[cell])
                .Select(cell => new CellChange(CellNames[cell], printed.Cells[cell], corrected.Cells[cell]))],
            corrected,
            [.. misfits.Intersect(asPrinted, StringComparer.Ordinal)],
            [.. misfits.Except(asPrinted, StringComparer.Ordinal)],
            reading.Changes);
    }

    /// <summary>Every matrix of so many images that differs from the printed one in exactly so many cells.</summary>
    private static IEnumerable<CountMatrix> Candidates(int images, CountMatrix matrix, int changed)
    {
        var missing = images - matrix.Total;
        for (var first = 0; first < 4; first++)
        {
            if (changed == 1)
            {
                if (missing != 0 && With(matrix, (first, missing)) is { } single)
                {
                    yield return single;
                }

                continue;
            }

            for (var second = first + 1; second < 4; second++)
            {
                var together = matrix.Cells[first] + matrix.Cells[second] + missing;
                for (long value = 0; value <= together; value++)
                {
                    var change = value - matrix.Cells[first];
                    if (change != 0 && change != missing && With(matrix, (first, change), (second, missing - change)) is { } both)
                    {
                        yield return both;
                    }
                }
            }
        }
    }

    private static CountMatrix? With(CountMatrix matrix, params (int Cell, long Change)[] changes)
    {
        var cells = matrix.Cells;
        foreach (var (cell, change) in changes)
        {
            cells[cell] += change;
        }

        return cells.All(count => count >= 0) ? CountMatrix.Of(cells) : null;
    }
}
