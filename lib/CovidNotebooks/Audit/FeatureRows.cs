namespace CovidNotebooks.Audit;

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
                throw new ArgumentException(
                    $"Row {i} has {rows[i].Length} features, row 0 has {rows[0].Length}. All rows must have the same features.",
                    nameof(rows));
            }

            if (!Array.TrueForAll(rows[i], double.IsFinite))
            {
                throw new ArgumentException($"Row {i} has a feature that is not a finite number.", nameof(rows));
            }
        }
    }

    /// <exception cref="ArgumentException">Labels do not fit the rows, are not 0 or 1, or are all the same.</exception>
    public static void CheckLabels(IReadOnlyList<double[]> rows, IReadOnlyList<int> labels)
    {
        if (rows.Count != labels.Count)
        {
            throw new ArgumentException($"There are {rows.Count} rows and {labels.Count} labels. Give one label a row.", nameof(labels));
        }

        if (labels.FirstOrDefault(label => label is not (0 or 1), -1) is var other and not -1)
        {
            throw new ArgumentException($"Found the label {other}. Two classes are told apart, 0 and 1.", nameof(labels));
        }

        if (labels.Distinct().Count() < 2)
        {
            throw new ArgumentException(
                $"All {labels.Count} labels are {labels[0]}. There is nothing to tell apart: give rows of both classes.", nameof(labels));
        }
    }
}
