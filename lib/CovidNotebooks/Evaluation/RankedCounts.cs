namespace CovidNotebooks.Evaluation;

/// <summary>
/// What ROC and precision-recall curves are made from: for each distinct score, from the highest down, how many positive and how many
/// negative images have at least that score.
/// </summary>
internal sealed record RankedCounts(double[] Thresholds, int[] TruePositives, int[] FalsePositives)
{
    public int Positives => TruePositives[^1];

    public int Negatives => FalsePositives[^1];

    public static RankedCounts Of(string metric, IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass)
    {
        if (labels.Count != scores.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels and {scores.Count} scores. Give one score an image.",
                nameof(scores));
        }

        if (labels.Count == 0)
        {
            throw new UndefinedMetricException(metric, "there are 0 images, it needs at least 1.");
        }

        var order = new int[scores.Count];
        var keys = new double[scores.Count];
        for (var i = 0; i < order.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                var found = scores[i].ToString(System.Globalization.CultureInfo.InvariantCulture);
                throw new ArgumentException($"The score of image {i} is {found}; finite scores are needed to rank images.", nameof(scores));
            }

            order[i] = i;
            keys[i] = -scores[i];
        }

        Array.Sort(keys, order);
        return Count(order, labels, scores, positiveClass);
    }

    private static RankedCounts Count(int[] order, IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass)
    {
        List<double> thresholds = [];
        List<int> hits = [], alarms = [];
        int positives = 0, negatives = 0;
        for (var i = 0; i < order.Length; i++)
        {
            _ = labels[order[i]] == positiveClass ? positives++ : negatives++;
            if (i + 1 == order.Length || scores[order[i + 1]] != scores[order[i]])
            {
                thresholds.Add(scores[order[i]]);
                hits.Add(positives);
                alarms.Add(negatives);
            }
        }

        return new RankedCounts([.. thresholds], [.. hits], [.. alarms]);
    }
}
