namespace CovidNotebooks.Evaluation;

/// <summary>The bootstrap by group of the differences between two models.</summary>
internal static class PairedBootstrap
{
    /// <summary>Percentile intervals; null where a difference is defined on fewer than half of the resamples.</summary>
    public static (Interval? Accuracy, Interval? Auc) Of(Predictions a, bool[] rightB, double[] scoresB, IReadOnlyList<string?> groups,
        EvaluationOptions options)
    {
        options.Validate();
        var rightA = a.Items.Select(item => item.IsCorrect).ToArray();
        var (labels, scoresA) = (a.Labels.ToArray(), a.PositiveScores.ToArray());
        List<double?> accuracies = [], areas = [];
        foreach (var indices in ClusterBootstrap.Resamples(groups, options.Seed, options.Resamples))
        {
            accuracies.Add(indices.Average(i => (rightA[i] ? 1.0 : 0) - (rightB[i] ? 1 : 0)));
            var own = Array.ConvertAll(indices, i => labels[i]);
            areas.Add(own.Any(label => label == a.PositiveClass) && own.Any(label => label != a.PositiveClass)
                ? Auc.Of(own, Array.ConvertAll(indices, i => scoresA[i]), a.PositiveClass) - Auc.Of(own,
                Array.ConvertAll(indices, i => scoresB[i]), a.PositiveClass)
                : null);
        }

        return (Percentiles(accuracies, options.Confidence), Percentiles(areas, options.Confidence));
    }

    private static Interval? Percentiles(List<double?> values, double confidence) =>
        2 * values.Count(value => value is not null) >= values.Count ? ClusterBootstrap.Summary(0, values, confidence).Interval : null;
}
