namespace CovidNotebooks.Evaluation;

/// <summary>How the scores of some images are spread.</summary>
/// <param name="Name">The class or the source.</param>
/// <param name="Counts">Images a bin.</param>
public sealed record ScoreSeries(string Name, IReadOnlyList<int> Counts)
{
    /// <summary>Images in all bins.</summary>
    public int Total => Counts.Sum();
}

/// <summary>
/// Histograms of the positive class' score over common bins, one a class or one a source. A model that looks at the source shows it here.
/// </summary>
/// <param name="Edges">Rising; one more than the bins. A bin holds its lower edge, the last one its upper edge too.</param>
/// <param name="Series">One histogram a class or source.</param>
public sealed record ScoreDistribution(IReadOnlyList<double> Edges, IReadOnlyList<ScoreSeries> Series)
{
    /// <summary>What images without a known source are called.</summary>
    public const string UnknownSource = "unknown source";

    /// <summary>One histogram a true class, in the order of the classes.</summary>
    public static ScoreDistribution ByClass(Predictions predictions, int bins = 20) =>
        From(predictions, bins, predictions.ClassNames, item => predictions.ClassNames[item.Label]);

    /// <summary>One histogram a source, in alphabetical order.</summary>
    public static ScoreDistribution BySource(Predictions predictions, int bins = 20) =>
        From(predictions, bins, [.. predictions.Items.Select(SourceOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            SourceOf);

    /// <summary>One histogram of the images that were classified wrongly, by true class.</summary>
    public static ScoreDistribution OfMisclassified(Predictions predictions, int bins = 20) =>
        From(predictions, bins, predictions.ClassNames, item => item.IsCorrect ? null : predictions.ClassNames[item.Label]);

    private static string SourceOf(Prediction item) => item.Source ?? UnknownSource;

    private static ScoreDistribution From(Predictions predictions, int bins, IReadOnlyList<string> names, Func<Prediction, string?> nameOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (predictions.Count == 0)
        {
            throw new UndefinedMetricException("score histogram", "there are 0 images, it needs at least 1.");
        }

        var edges = EdgesFor(predictions.PositiveScores, bins);
        var counts = names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => new int[bins], StringComparer.Ordinal);
        foreach (var item in predictions.Items)
        {
            if (nameOf(item) is { } name)
            {
                counts[name][BinOf(item.Scores[predictions.PositiveClass], edges)]++;
            }
        }

        return new ScoreDistribution(edges, [.. counts.Select(entry => new ScoreSeries(entry.Key, entry.Value))]);
    }

    /// <summary>0 to 1 for probabilities, else from the lowest to the highest finite score.</summary>
    private static double[] EdgesFor(IReadOnlyList<double> scores, int bins)
    {
        double low = 0, high = 1;
        var finite = scores.Where(double.IsFinite).ToArray();
        if (finite.Length > 0 && (finite.Min() < 0 || finite.Max() > 1))
        {
            (low, high) = (finite.Min(), finite.Max());
            high = high > low ? high : low + 1;
        }

        return [.. Enumerable.Range(0, bins + 1).Select(i => low + ((high - low) * i / bins))];
    }

    private static int BinOf(double score, double[] edges)
    {
        var found = Array.BinarySearch(edges, score);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, edges.Length - 2);
    }
}
