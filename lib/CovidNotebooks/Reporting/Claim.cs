using System.Globalization;

namespace CovidNotebooks.Reporting;

/// <summary>
/// What somebody printed about a classifier of two classes: numbers, each with the digits that were printed, and perhaps the confusion
/// matrix. <see cref="Check"/> says
/// which matrices can have given them.
/// </summary>
public sealed record Claim
{
    /// <summary>More images than this are not searched.</summary>
    public const int MostImages = 1_000_000;

    /// <summary>Images that were tested.</summary>
    public required int Images { get; init; }

    /// <summary>Those of them that are of the positive class; null where it was not printed.</summary>
    public int? Positives { get; init; }

    /// <summary>As printed, such as <c>0.7702</c> or <c>77.02%</c>; null where it was not.</summary>
    public string? Accuracy { get; init; }

    /// <summary>Positive predictive value.</summary>
    public string? Precision { get; init; }

    /// <summary>Recall.</summary>
    public string? Sensitivity { get; init; }

    /// <summary>Share of the negatives that were called so.</summary>
    public string? Specificity { get; init; }

    /// <summary>Negative predictive value.</summary>
    public string? NegativePredictiveValue { get; init; }

    /// <summary>Harmonic mean of precision and recall.</summary>
    public string? F1 { get; init; }

    /// <summary>What was called the area under the ROC curve.</summary>
    public string? Auc { get; init; }

    /// <summary>
    /// The printed confusion matrix row by row, rows the truth: TN, FP, FN, TP of two classes, or nine, sixteen, … counts of more; null
    /// where there was none.
    /// </summary>
    public IReadOnlyList<int>? Matrix { get; init; }

    /// <summary>Confidence of the intervals; .95 by default.</summary>
    public double Confidence { get; init; } = .95;

    /// <summary>The numbers that are ratios of counts, read from their digits.</summary>
    internal IReadOnlyList<(CountRatio Ratio, PrintedNumber Number)> Numbers =>
    [
        .. new[]
        {
            (CountRatio.Accuracy, Accuracy), (CountRatio.Precision, Precision), (CountRatio.Sensitivity, Sensitivity),
            (CountRatio.Specificity, Specificity), (CountRatio.NegativePredictiveValue, NegativePredictiveValue), (CountRatio.F1, F1),
        }.Where(own => own.Item2 is not null).Select(own => (own.Item1, PrintedNumber.Parse(own.Item1.Words, own.Item2!))),
    ];

    internal PrintedNumber? Area => Auc is null ? null : PrintedNumber.Parse("AUC", Auc);

    /// <summary>Checks a claim.</summary>
    /// <returns>
    /// Every matrix that fits, the names that must be swapped, what cannot be, misprinted cells, and the intervals that the numbers should
    /// have had.
    /// </returns>
    /// <exception cref="ArgumentException">A number is impossible or cannot be read; the message says which.</exception>
    public static ClaimReport Check(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        claim.Validate();
        return claim.Matrix is { Count: > 4 } ? ClaimReport.OfManyClasses(claim) : ClaimReport.Of(claim);
    }

    private void Validate()
    {
        if (Images is < 1 or > MostImages)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"There are {Images} images; expected 1 to {MostImages:N0}."));
        }

        if (Positives is { } positives && (positives < 0 || positives > Images))
        {
            throw new ArgumentException($"There are {positives} positives of {Images} images; expected 0 to {Images}.");
        }

        if (!(Confidence > 0 && Confidence < 1))
        {
            throw new ArgumentException($"The confidence is {Confidence.ToString(CultureInfo.InvariantCulture)}; "
                + "it must lie between 0 and 1, both excluded.");
        }

        if (Matrix is { } matrix)
        {
            var classes = (int)Math.Round(Math.Sqrt(matrix.Count));
            if (classes < 2 || classes * classes != matrix.Count)
            {
                throw new ArgumentException($"The matrix has {matrix.Count} counts; expected four, row by row (TN,FP,FN,TP: rows the "
                    + "truth, the positive class last), or nine, sixteen, … for more classes.");
            }

            if (matrix.Any(count => count < 0))
            {
                throw new ArgumentException($"The matrix is {string.Join(",", matrix)}; a count of images cannot be negative.");
            }
        }

        if (Numbers.Count == 0 && Area is null && Matrix is null)
        {
            throw new ArgumentException("There is nothing to check: "
                + "give at least one number, such as an accuracy, or the confusion matrix.");
        }
    }
}
