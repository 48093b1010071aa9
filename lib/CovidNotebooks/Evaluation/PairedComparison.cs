using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>Two models on the same images: do they err differently (McNemar), do they rank differently (DeLong)?</summary>
public sealed class PairedComparison : Displayed
{
    private PairedComparison(string nameA, string nameB, int count, McNemar errors, DeLongComparison? ranking, string? rankingMissing)
    {
        NameA = nameA;
        NameB = nameB;
        Count = count;
        Errors = errors;
        Ranking = ranking;
        RankingMissing = rankingMissing;
    }

    /// <summary>The first model.</summary>
    public string NameA { get; }

    /// <summary>The second model.</summary>
    public string NameB { get; }

    /// <summary>Images that both answered.</summary>
    public int Count { get; }

    /// <summary>Whether they err differently.</summary>
    public McNemar Errors { get; }

    /// <summary>Whether their AUCs differ; null where that cannot be tested, because a class has too few images or the variance of a difference is 0.</summary>
    public DeLongComparison? Ranking { get; }

    /// <summary>Why there is no <see cref="Ranking"/>.</summary>
    public string? RankingMissing { get; }

    /// <summary>Why two models' answers cannot be compared pair by pair: what differs, and what to do; null when they can be.</summary>
    /// <param name="nameA">What the first model is called in the sentence.</param>
    /// <param name="a">Its answers.</param>
    /// <param name="nameB">What the second model is called.</param>
    /// <param name="b">Its answers.</param>
    public static string? Hindrance(string nameA, Predictions a, string nameB, Predictions b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.PositiveClass != b.PositiveClass)
        {
            return $"'{nameA}' has the positive class {a.ClassNames[a.PositiveClass]}, '{nameB}' {b.ClassNames[b.PositiveClass]}. Evaluate both for the same class.";
        }

        if (string.Equals(a.TestSetHash, b.TestSetHash, StringComparison.Ordinal))
        {
            return null;
        }

        var labelsB = b.Items.ToDictionary(item => item.Id, item => item.Label, StringComparer.Ordinal);
        var common = a.Items.Where(item => labelsB.ContainsKey(item.Id)).ToArray();
        var relabelled = common.Count(item => labelsB[item.Id] != item.Label);
        return $"'{nameA}' and '{nameB}' answered about different test sets, so they cannot be compared pair by pair: {a.Count} and {b.Count} images, {common.Length} in both, {relabelled} of these with another label, "
            + $"classes [{string.Join(", ", a.ClassNames)}] and [{string.Join(", ", b.ClassNames)}]. Evaluate both models on the same images.";
    }

    /// <summary>Compares two models' answers, paired by image id; their order does not matter.</summary>
    /// <param name="nameA">What the first model is called in the table.</param>
    /// <param name="a">Its answers.</param>
    /// <param name="nameB">What the second model is called.</param>
    /// <param name="b">Its answers.</param>
    /// <exception cref="ArgumentException">The two answered about different images, or with different labels, or with another positive class; the message says what differs.</exception>
    public static PairedComparison Of(string nameA, Predictions a, string nameB, Predictions b)
    {
        if (Hindrance(nameA, a, nameB, b) is { } hindrance)
        {
            throw new ArgumentException(hindrance, nameof(b));
        }

        var byId = b.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var paired = a.Items.Select(item => byId[item.Id]).ToArray();
        var errors = McNemar.Of(a.Labels, a.PredictedLabels, [.. paired.Select(item => item.PredictedLabel)]);
        try
        {
            var ranking = DeLong.Compare(a.Labels, a.PositiveScores, [.. paired.Select(item => item.Scores[b.PositiveClass])], a.PositiveClass);
            _ = ranking.Z;
            return new PairedComparison(nameA, nameB, a.Count, errors, ranking, null);
        }
        catch (UndefinedMetricException undefined)
        {
            return new PairedComparison(nameA, nameB, a.Count, errors, null, undefined.Missing);
        }
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    private Table AsTable()
    {
        var table = new Table($"{NameA} against {NameB} on the same {Count} images", TableColumn.Text("question"), TableColumn.Text("found"), TableColumn.Number("p"));
        table.Add(
            "different errors? (McNemar, exact)",
            $"right by {NameA} only: {Errors.OnlyARight}; by {NameB} only: {Errors.OnlyBRight}; both: {Errors.BothRight}; neither: {Errors.BothWrong}",
            DisplayedNumber.PValue(Errors.PValue));
        if (Ranking is { } ranking)
        {
            table.Add(
                "different AUC? (DeLong, paired)",
                $"{DisplayedNumber.Fixed(ranking.AucA)} and {DisplayedNumber.Fixed(ranking.AucB)}, difference {DisplayedNumber.Signed(ranking.Difference)} {ranking.Interval()}",
                DisplayedNumber.PValue(ranking.PValue));
        }
        else
        {
            table.Add("different AUC? (DeLong, paired)", "no test: " + RankingMissing, DisplayedNumber.None);
        }

        return table;
    }
}
