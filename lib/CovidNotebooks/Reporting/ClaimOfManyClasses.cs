using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Reporting;

/// <summary>Three classes or more: sums, bounds and contradictions of a printed matrix, without a search for others.</summary>
internal static class ClaimOfManyClasses
{
    public static IEnumerable<string> Sentences(Claim claim)
    {
        var size = (int)Math.Round(Math.Sqrt(claim.Matrix!.Count));
        var counts = new int[size, size];
        for (var i = 0; i < claim.Matrix.Count; i++)
        {
            counts[i / size, i % size] = claim.Matrix[i];
        }

        var matrix = ConfusionMatrix.Of(counts, [.. Enumerable.Range(1, size).Select(label => $"class {label}")]);
        yield return $"The matrix has {size} classes: {matrix.Total} images, rows "
            + $"{string.Join(", ", Enumerable.Range(0, size).Select(matrix.RowTotal))}, "
            + $"columns {string.Join(", ", Enumerable.Range(0, size).Select(matrix.ColumnTotal))}, {matrix.Correct} right. More than two "
            + "classes are checked for sums, bounds and contradictions only.";
        if (matrix.Total != claim.Images)
        {
            yield return $"It has {matrix.Total} images, not {claim.Images}: {(matrix.Total > claim.Images ? "too many" : "too few")} by "
                + $"{Math.Abs(matrix.Total - claim.Images)}.";
        }

        if (claim.Positives is { } positives)
        {
            var rows = Enumerable.Range(0, size).Where(label => matrix.RowTotal(label) == positives).Select(label => $"class {label + 1}")
                .ToArray();
            yield return rows.Length > 0 ? $"{positives} images are of {string.Join(" or ", rows)}." : $"No class has {positives} images.";
        }

        if (matrix.Total == 0)
        {
            yield break;
        }

        var report = ClassificationReport.Of(matrix);
        foreach (var (ratio, number) in claim.Numbers)
        {
            var fitting = Candidates(ratio, report, matrix).Where(own => number.Fits(own.Value)).Select(own => own.Words).ToArray();
            var all = Candidates(ratio, report, matrix).ToArray();
            yield return fitting.Length > 0
                ? $"The {ratio.Words} {number} is {string.Join(", or ", fitting)}."
                : $"The {ratio.Words} {number} cannot be of this matrix: "
                    + $"{string.Join(", ", all.Select(own => $"{own.Words} {DisplayedNumber.Fixed(own.Value, 4)}"))}.";
        }
    }

    private static IEnumerable<(string Words, double Value)> Candidates(CountRatio ratio, ClassificationReport report,
        ConfusionMatrix matrix)
    {
        if (ratio == CountRatio.Accuracy)
        {
            yield return ("the accuracy", (double)matrix.Correct / matrix.Total);
            yield return ("the balanced accuracy", Agreement.BalancedAccuracy(matrix));
            yield break;
        }

        Func<ClassScores, double>? of = ratio == CountRatio.Sensitivity ? scores => scores.Recall : ratio == CountRatio.Precision
            ? scores => scores.Precision : ratio == CountRatio.F1 ? scores => scores.F1 : null;
        if (of is null)
        {
            for (var label = 0; label < matrix.Size; label++)
            {
                var metrics = BinaryMetrics.Of(matrix, label);
                yield return ($"that of {matrix.ClassNames[label]} against the rest", ratio == CountRatio.Specificity
                    ? metrics.Specificity.Value : metrics.NegativePredictiveValue.Value);
            }

            yield break;
        }

        yield return ("the macro average", of(report.MacroAverage));
        yield return ("the weighted average", of(report.WeightedAverage));
        yield return ("the micro average, which is the accuracy", of(report.MicroAverage));
        foreach (var (name, scores) in report.Classes)
        {
            yield return ($"that of {name}", of(scores));
        }
    }
}
