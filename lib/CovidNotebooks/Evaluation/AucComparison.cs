using CovidNotebooks.Display;
using MathNet.Numerics.Distributions;

namespace CovidNotebooks.Evaluation;

/// <summary>Two AUCs on the same images.</summary>
/// <param name="AucA">Of the first model.</param>
/// <param name="AucB">Of the second.</param>
/// <param name="VarianceA">The variance of the first.</param>
/// <param name="VarianceB">Of the second.</param>
/// <param name="Covariance">Of the two: they answered about the same images.</param>
public sealed record AucComparison(double AucA, double AucB, double VarianceA, double VarianceB, double Covariance)
{
    /// <summary>A variance below this share of the two variances is what rounding leaves of 0.</summary>
    private const double Rounding = 1e-14;

    /// <summary>How the variances were made.</summary>
    public string Method { get; init; } = "DeLong";

    /// <summary>
    /// Of Student's t distribution that the difference is held against; infinite, the default, for the normal distribution.
    /// </summary>
    public double DegreesOfFreedom { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// What <see cref="VarianceOfDifference"/> is multiplied by for the test and the interval: 1, the default, where every image stands
    /// alone; above it where groups are few or of very different sizes, because the variance is then too small on average.
    /// </summary>
    public double VarianceCorrection { get; init; } = 1;

    /// <summary>First minus second.</summary>
    public double Difference => AucA - AucB;

    /// <summary>Never below 0.</summary>
    public double VarianceOfDifference => Math.Max(0, VarianceA + VarianceB - (2 * Covariance));

    /// <summary>
    /// False where the AUCs differ but the variance of their difference is 0, as of a model that separates the classes against one that
    /// gives every image the
    /// same score: the method is at its end, and there is no test and no interval. AUCs that do not differ at all have a test, with p = 1.
    /// </summary>
    public bool HasTest => Difference == 0 || VarianceOfDifference > Rounding * (VarianceA + VarianceB);

    /// <summary>Difference by its standard error; 0 where both are 0.</summary>
    /// <exception cref="UndefinedMetricException">There is no test: see <see cref="HasTest"/>.</exception>
    public double Z => Difference == 0 ? 0 : Difference / StandardError;

    /// <summary>Two-sided.</summary>
    /// <exception cref="UndefinedMetricException">There is no test: see <see cref="HasTest"/>.</exception>
    public double PValue => 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(Z));

    /// <summary>The symmetric interval of the difference, cut to [-1, 1].</summary>
    /// <exception cref="UndefinedMetricException">There is no interval: see <see cref="HasTest"/>.</exception>
    public Interval Interval(double confidence = .95)
    {
        var half = StudentQuantile.Of(confidence, DegreesOfFreedom) * StandardError;
        return new Interval(Math.Max(-1, Difference - half), Math.Min(1, Difference + half));
    }

    private double StandardError => HasTest
        ? Math.Sqrt(VarianceCorrection * VarianceOfDifference)
        : throw new UndefinedMetricException("The test of two AUCs",
        $"the AUCs are {DisplayedNumber.Fixed(AucA)} and {DisplayedNumber.Fixed(AucB)}, but the variance of their difference is 0, as "
            + "with fully separated classes against equal scores. Compare the errors, or take more images.");
}
