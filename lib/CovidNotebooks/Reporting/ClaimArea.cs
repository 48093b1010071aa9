using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>
/// What can be said about a printed "AUC": a matrix is one point of a ROC curve and bounds its area; the mean of sensitivity and
/// specificity is no area.
/// </summary>
internal static class ClaimArea
{
    public static IEnumerable<string> Sentences(Claim claim, IReadOnlyList<CountMatrix> matrices)
    {
        if (claim.Area is not { } area)
        {
            yield break;
        }

        var defined = matrices.Where(matrix => matrix.BalancedAccuracy is not null).ToArray();
        if (defined.Length == 0)
        {
            yield return $"The AUC {area} cannot be checked: it needs a matrix with images of both classes, or the numbers that force one.";
            yield break;
        }

        if (defined.All(matrix => area.Fits(matrix.BalancedAccuracy!.Value)))
        {
            yield return $"The \"AUC\" {area} is the balanced accuracy, the mean of sensitivity and specificity "
                + $"({DisplayedNumber.Fixed(defined[0].BalancedAccuracy!.Value, 4)}"
                + $"{(defined.Length > 1 ? " and the like in every matrix that fits" : "")}): what answers without scores give. It is no "
                + "area under a ROC curve of scores.";
        }
        else if (defined.Any(matrix => area.Fits(matrix.BalancedAccuracy!.Value)))
        {
            yield return $"The \"AUC\" {area} may be the balanced accuracy: in "
                + $"{defined.Count(matrix => area.Fits(matrix.BalancedAccuracy!.Value))} of {defined.Length} matrices that fit it is.";
        }

        var (low, high) = (defined.Min(matrix => matrix.AreaBounds!.Value.Low), defined.Max(matrix => matrix.AreaBounds!.Value.High));
        yield return area.High <= low || area.Low > high
            ? $"The AUC {area} cannot be of the scores that gave this matrix: a ROC curve through its point has an area between "
                + $"{DisplayedNumber.Fixed(low, 4)} and {DisplayedNumber.Fixed(high, 4)}."
            : $"A ROC curve through the point of the matrix can have an area between {DisplayedNumber.Fixed(low, 4)} and "
                + $"{DisplayedNumber.Fixed(high, 4)}.";
    }
}
