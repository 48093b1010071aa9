namespace CovidNotebooks.Probes;

/// <summary>What a table of features must be.</summary>
internal static class FeatureRows
{
    /// <exception cref="ArgumentException">There is no row, rows differ in length, or a feature is not finite.</exception>
    public static void Check(IReadOnlyList<double[]> rows)
    {
        if (rows.Count == 0)
        {
            throw new ArgumentException("There are no rows. Give at least one row of features.", nameof(rows));
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != rows[0].Length)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Length} features, row 0 has {rows[0].Length}. All rows must have the same features.", nameof(rows));
            }

            if (!Array.TrueForAll(rows[i], double.IsFinite))
            {
                throw new ArgumentException($"Row {i} has a feature that is not a finite number.", nameof(rows));
            }
        }
    }
}
