using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Two models on the same images: do they err differently, do they rank differently? Where groups (patients, publications) have several
/// images, groups are what is independent: errors are tested by Obuchowski's clustered test or by permuting whole groups
/// (<see cref="PairedErrors"/>), AUCs with Obuchowski's clustered variance (<see cref="ClusteredAuc"/>), and the bootstrap by group stands
/// beside both. Where every image stands alone these are McNemar's and DeLong's tests.
/// </summary>
public sealed class PairedComparison : Displayed
{
    private readonly Lazy<(Interval? Accuracy, Interval? Auc)> bootstrap;

    private PairedComparison(
        string nameA, string nameB, TestSetPower power, PairedErrors errors, AucComparison? ranking, string? rankingMissing,
            Func<(Interval? Accuracy, Interval? Auc)> bootstrap)
    {
        NameA = nameA;
        NameB = nameB;
        Power = power;
        Errors = errors;
        Ranking = ranking;
        RankingMissing = rankingMissing;
        this.bootstrap = new(bootstrap);
    }

    /// <summary>The first model.</summary>
    public string NameA { get; }

    /// <summary>The second model.</summary>
    public string NameB { get; }

    /// <summary>Images that both answered.</summary>
    public int Count => Power.Images;

    /// <summary>What these images can show of such a difference.</summary>
    public TestSetPower Power { get; }

    /// <summary>Groups that these images are of; images without a group count as one each.</summary>
    public int Groups => Errors.Groups;

    /// <summary>Whether they err differently.</summary>
    public PairedErrors Errors { get; }

    /// <summary>
    /// Whether their AUCs differ; null where that cannot be tested, because a class has too few images or groups or the variance of a
    /// difference is 0.
    /// </summary>
    public AucComparison? Ranking { get; }

    /// <summary>Why there is no <see cref="Ranking"/>.</summary>
    public string? RankingMissing { get; }

    /// <summary>
    /// The percentile interval of the difference of the accuracies over resamples of whole groups; computed when it is asked for. Too
    /// narrow where groups are few.
    /// </summary>
    public Interval? BootstrapOfAccuracy => bootstrap.Value.Accuracy;

    /// <summary>The same of the difference of the AUCs; null where no AUC is defined.</summary>
    public Interval? BootstrapOfAuc => bootstrap.Value.Auc;

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
            return $"'{nameA}' has the positive class {a.ClassNames[a.PositiveClass]}, '{nameB}' {b.ClassNames[b.PositiveClass]}. "
                + "Evaluate both for the same class.";
        }

        if (string.Equals(a.TestSetHash, b.TestSetHash, StringComparison.Ordinal))
        {
            return null;
        }

        var labelsB = b.Items.ToDictionary(item => item.Id, item => item.Label, StringComparer.Ordinal);
        var common = a.Items.Where(item => labelsB.ContainsKey(item.Id)).ToArray();
        var relabelled = common.Count(item => labelsB[item.Id] != item.Label);
        return $"'{nameA}' and '{nameB}' answered about different test sets, so they cannot be compared pair by pair: {a.Count} and "
            + $"{b.Count} images, {common.Length} in both, {relabelled} of these with another label, "
            + $"classes [{string.Join(", ", a.ClassNames)}] and [{string.Join(", ", b.ClassNames)}]. "
            + "Evaluate both models on the same images.";
    }

    /// <summary>Compares two models' answers, paired by image id; their order does not matter.</summary>
    /// <param name="nameA">What the first model is called in the table.</param>
    /// <param name="a">Its answers.</param>
    /// <param name="nameB">What the second model is called.</param>
    /// <param name="b">Its answers.</param>
    /// <param name="options">Resamples and seed of the bootstrap that stands beside the tests.</param>
    /// <exception cref="ArgumentException">
    /// The two answered about different images, or with different labels, or with another positive class; the message says what differs.
    /// </exception>
    public static PairedComparison Of(string nameA, Predictions a, string nameB, Predictions b, EvaluationOptions? options = null)
    {
        if (Hindrance(nameA, a, nameB, b) is { } hindrance)
        {
            throw new ArgumentException(hindrance, nameof(b));
        }

        var byId = b.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var paired = a.Items.Select(item => byId[item.Id]).ToArray();
        string?[] groups = [.. a.Items.Zip(paired, (one, two) => one.Group ?? two.Group)];
        var errors = PairedErrors.Of(a.Labels, a.PredictedLabels, [.. paired.Select(item => item.PredictedLabel)], groups);
        var power = TestSetPower.Of(a, b);
        double[] scores = [.. paired.Select(item => item.Scores[b.PositiveClass])];
        (Interval?, Interval?) Bootstrap() => PairedBootstrap.Of(a, [.. paired.Select(item => item.IsCorrect)], scores, groups, options
            ?? new EvaluationOptions());
        try
        {
            var ranking = groups.Any(group => group is not null)
                ? ClusteredAuc.Compare(a.Labels, a.PositiveScores, scores, groups, a.PositiveClass)
                : DeLong.Compare(a.Labels, a.PositiveScores, scores, a.PositiveClass);
            _ = ranking.Z;
            return new PairedComparison(nameA, nameB, power, errors, ranking, null, Bootstrap);
        }
        catch (UndefinedMetricException undefined)
        {
            return new PairedComparison(nameA, nameB, power, errors, null, undefined.Missing, Bootstrap);
        }
    }

    /// <summary>The two tests as rows of text: the question with its test, what was found, the p-value.</summary>
    /// <param name="nameA">What the first model is called in them; null for <see cref="NameA"/>.</param>
    /// <param name="nameB">What the second model is called in them; null for <see cref="NameB"/>.</param>
    public IEnumerable<(string Question, string Found, double? P)> Rows(string? nameA = null, string? nameB = null)
    {
        yield return ($"different errors? ({Errors.MethodText})", Errors.CountsText(nameA ?? NameA, nameB ?? NameB), Errors.PValue);
        if (Ranking is { } ranking)
        {
            yield return ($"different AUC? ({ranking.Method}, paired)",
                $"{DisplayedNumber.Fixed(ranking.AucA)} and {DisplayedNumber.Fixed(ranking.AucB)}, difference "
                    + $"{DisplayedNumber.Signed(ranking.Difference)} {ranking.Interval()}", ranking.PValue);
        }
        else
        {
            yield return ("different AUC?", "no test: " + RankingMissing, null);
        }
    }

    /// <summary>What a reader must know of the groups and the bootstrap, in sentences.</summary>
    public IEnumerable<string> Notes()
    {
        var several = Groups < Count;
        yield return several
            ? $"Tests by group: {DisplayedNumber.Counted(Count, "image", "images")} of "
                + $"{DisplayedNumber.Counted(Groups, "group", "groups")}, of which {Errors.DecidingGroups} decide; "
                + "images of one group are not independent."
            : "Every image counts as independent: no two are known to be of one group.";
        if (several && Power.ImagesWithoutGroup > 0)
        {
            var images = DisplayedNumber.Counted(Power.ImagesWithoutGroup, "image", "images");
            yield return $"The groups of {images} are not known; each is taken to stand alone.";
        }

        if (several && (BootstrapOfAccuracy ?? BootstrapOfAuc) is not null)
        {
            yield return "Bootstrap by group, 95 %: difference of the accuracies "
                + $"{BootstrapOfAccuracy?.ToText() ?? DisplayedNumber.None}, of the AUCs "
                + $"{BootstrapOfAuc?.ToText() ?? DisplayedNumber.None}.";
        }
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => new DisplayDocument(AsTable()).Fold("What these images can show", Power.AsCard());

    internal Table AsTable()
    {
        var table = new Table(
            $"{NameA} against {NameB} on the same {Count} images", TableColumn.Text(
                "question"), TableColumn.Text("found"), TableColumn.Number("p"));
        foreach (var (question, found, p) in Rows())
        {
            table.Add(question, found, p is { } value ? DisplayedNumber.PValue(value) : DisplayedNumber.None);
        }

        return Notes().Aggregate(table, (noted, sentence) => noted.Note(sentence));
    }
}
