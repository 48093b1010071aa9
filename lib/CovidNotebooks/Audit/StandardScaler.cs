namespace CovidNotebooks.Audit;

/// <summary>
/// Features with mean 0 and standard deviation 1 on the rows that it was fitted on, as scikit-learn's <c>StandardScaler</c>.
/// </summary>
public sealed class StandardScaler
{
    private readonly double[] means;
    private readonly double[] scales;

    private StandardScaler(double[] means, double[] scales)
    {
        this.means = means;
        this.scales = scales;
    }

    /// <summary>What is subtracted from each feature.</summary>
    public IReadOnlyList<double> Means => means;

    /// <summary>
    /// What each feature is then divided by: the standard deviation over all rows (not n − 1), or 1 for a feature that does not vary.
    /// </summary>
    public IReadOnlyList<double> Scales => scales;

    /// <summary>Measures the rows; use training rows only.</summary>
    /// <param name="rows">At least one; finite features, all rows of one length.</param>
    /// <exception cref="ArgumentException">There is no row, rows differ in length, or a feature is not finite.</exception>
    public static StandardScaler Fit(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        FeatureRows.Check(rows);
        var averages = new double[rows[0].Length];
        var deviations = new double[averages.Length];
        for (var feature = 0; feature < averages.Length; feature++)
        {
            var mean = rows.Average(row => row[feature]);
            var variance = rows.Average(row => (row[feature] - mean) * (row[feature] - mean));
            averages[feature] = mean;
            deviations[feature] = variance <= Rounding(mean, variance, rows.Count) ? 1 : Math.Sqrt(variance);
        }

        return new StandardScaler(averages, deviations);
    }

    /// <summary>A row on the fitted scale.</summary>
    /// <param name="row">As many features as the fitted rows had.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public double[] Apply(ReadOnlySpan<double> row)
    {
        if (row.Length != means.Length)
        {
            throw new ArgumentException($"The row has {row.Length} features, the scaler was fitted with {means.Length}.", nameof(row));
        }

        var scaled = new double[row.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (row[i] - means[i]) / scales[i];
        }

        return scaled;
    }

    /// <summary>The variance that rounding alone can give a feature that does not vary.</summary>
    private static double Rounding(double mean, double variance, int count)
    {
        const double Epsilon = 2.220446049250313e-16;
        var ofMean = count * mean * Epsilon;
        return (count * Epsilon * variance) + (ofMean * ofMean);
    }
}
