using MathNet.Numerics.Distributions;

namespace CovidNotebooks.Evaluation;

/// <summary>The two-sided quantile of Student's t distribution.</summary>
internal static class StudentQuantile
{
    /// <summary>For example 2.776 for .95 and 4 degrees of freedom; 1.96 for infinitely many.</summary>
    public static double Of(double confidence, double degreesOfFreedom) =>
        double.IsInfinity(degreesOfFreedom) ? Wilson.Quantile(confidence) : StudentT.InvCDF(0, 1, degreesOfFreedom, 0.5 + (confidence / 2));

    /// <summary>
    /// The degrees of freedom of a sum of independent variances, each estimated from so many groups (Welch 1947, Satterthwaite 1946); at
    /// least 1.
    /// </summary>
    /// <param name="parts">The estimated variances with the numbers of groups behind them.</param>
    public static double Welch(IEnumerable<(double Variance, double Groups)> parts)
    {
        double sum = 0, squares = 0;
        foreach (var (variance, groups) in parts)
        {
            sum += variance;
            squares += variance * variance / Math.Max(1, groups - 1);
        }

        return squares > 0 ? Math.Max(1, sum * sum / squares) : 1;
    }
}
