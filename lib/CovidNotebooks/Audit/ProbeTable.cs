using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>
/// Probes that see no anatomy, one a row, and how networks stand to them on the same test images: the table that tells whether an
/// accuracy is evidence.
/// </summary>
public sealed class ProbeTable : Displayed
{
    /// <summary>More networks than this stand in rows.</summary>
    private const int FewModels = 2;

    private readonly IReadOnlyList<ProbeReport> probes;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<ProbeComparison> Comparisons)> models;

    private ProbeTable(IReadOnlyList<ProbeReport> probes, IReadOnlyList<(string Name, IReadOnlyList<ProbeComparison> Comparisons)> models)
    {
        this.probes = probes;
        this.models = models;
    }

    /// <summary>Sets networks beside probes, paired by image; without a network the table shows the probes alone.</summary>
    /// <param name="probes">What was probed, all on the same test images.</param>
    /// <param name="models">Names and answers of the networks, on those images.</param>
    /// <exception cref="ArgumentException">A network answered about other images; the message says what differs.</exception>
    public static ProbeTable Of(IReadOnlyList<ProbeReport> probes, params IReadOnlyList<(string Name, Predictions Answers)> models)
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(models);
        return new ProbeTable(probes, [.. models.Select(model => (model.Name, (IReadOnlyList<ProbeComparison>)[.. probes.Select(probe =>
            ProbeComparison.Of(model.Answers, probe, model.Name))]))]);
    }

    /// <summary>How a network stands to the probes, in a sentence.</summary>
    /// <param name="name">The network.</param>
    /// <param name="comparisons">Its comparison with each probe.</param>
    public static string Sentence(string name, IReadOnlyList<ProbeComparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        string? Those(ProbeVerdict verdict, string words) =>
            comparisons.Where(item => item.Verdict == verdict).Select(item => item.Probe.Name).ToList() is { Count: > 0 } names
                ? $"{words} {string.Join(", ", names)}" : null;
        var parts = new[] { Those(ProbeVerdict.ModelIsBetter, "right more often than"),
            Those(ProbeVerdict.ProbeIsBetter, "right less often than"), Those(ProbeVerdict.NoDifferenceShown, "not shown to differ from") };
        return $"{name}: {string.Join("; ", parts.OfType<string>())}.";
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var document = new DisplayDocument();
        foreach (var (name, comparisons) in models)
        {
            document.Say(Sentence(name, comparisons), models.Count > FewModels ? ParagraphKind.Text : ParagraphKind.Finding);
        }

        if (probes.Count == 0)
        {
            return document.Say("No probe could be made of these images.");
        }

        if (models.Count > FewModels)
        {
            return document.Add(ByModel()).Fold("Each probe: what it sees, its AUC and its strongest features",
                Details(withComparisons: false));
        }

        var table = new Table(
            $"What can be had without seeing anatomy, on {DisplayedNumber.ValueText(probes[0].Predictions.Count)} images",
            [
                TableColumn.Text("probe"), TableColumn.Number("accuracy"), TableColumn.Number("95 %"), TableColumn.Number("AUC"),
                .. models.SelectMany(model =>
                    new[] { TableColumn.Text($"{model.Name} {DisplayedNumber.Fixed(model.Comparisons[0].ModelAccuracy.Value)}"),
                    TableColumn.Number("p") }),
            ]);
        for (var i = 0; i < probes.Count; i++)
        {
            var (row, probe) = (i, probes[i]);
            table.Add(
            [
                $"{probe.Name} ({probe.Method})", DisplayedNumber.Fixed(probe.Accuracy.Value), probe.AccuracyInterval.ToText(),
                    probe.Auc is { } auc ? DisplayedNumber.Fixed(auc) : DisplayedNumber.None,
                .. models.SelectMany(model => new TableCell[] { Words(model.Comparisons[row].Verdict),
                    DisplayedNumber.PValue(model.Comparisons[row].Paired.Errors.PValue) }),
            ]);
        }

        var methods = models.SelectMany(model => model.Comparisons).Select(one => one.Paired.Errors.MethodText);
        table.Note($"Always answering {probes[0].Predictions.ClassNames[probes[0].MajorityClass]}: {probes[0].MajorityAccuracy}."
            + (models.Count > 0
                ? $" p: does one of the two err on more images than chance would have it? Paired by image; "
                    + $"{string.Join(" or ", methods.Distinct(StringComparer.Ordinal))}."
                : ""));
        return document.Add(table).Fold("Each probe: what it sees, its AUC and its strongest features", Details(withComparisons: true));
    }

    /// <summary>A row a network, a column a probe: for many networks.</summary>
    private Table ByModel() => Table.Of(
        $"Networks beside what can be had without seeing anatomy, on {DisplayedNumber.ValueText(probes[0].Predictions.Count)} images",
        models,
        [
            ("", model => model.Name), ("accuracy", model => model.Comparisons[0].ModelAccuracy),
            .. Enumerable.Range(0, probes.Count).Select(i =>
                ($"{probes[i].Name}, {probes[i].Method}: {DisplayedNumber.Fixed(probes[i].Accuracy.Value)}",
                (Func<(string Name, IReadOnlyList<ProbeComparison> Comparisons), object?>)(model =>
                    $"{Words(model.Comparisons[i].Verdict)}, p {DisplayedNumber.PValue(model.Comparisons[i].Paired.Errors.PValue)}"))),
        ]);

    private DisplayDocument Details(bool withComparisons)
    {
        var details = new DisplayDocument();
        foreach (var probe in probes)
        {
            details.Add(probe.Describe());
        }

        foreach (var comparison in models.SelectMany(model => withComparisons ? model.Comparisons : []))
        {
            details.Add(comparison.Describe());
        }

        return details;
    }

    private static string Words(ProbeVerdict verdict) => verdict switch
    {
        ProbeVerdict.ModelIsBetter => "network is better",
        ProbeVerdict.ProbeIsBetter => "probe is better",
        _ => "no difference shown",
    };
}
