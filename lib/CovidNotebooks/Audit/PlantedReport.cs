using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>What a planted defect did, and whether the audit found it.</summary>
/// <param name="Defect">The defect; null for the split as it was.</param>
/// <param name="Nearest">Test accuracy of <see cref="NearestNeighbour"/>, which remembers.</param>
/// <param name="Thumbnail">Test accuracy of a logistic regression on 8 × 8 grey levels, which sees shortcuts.</param>
/// <param name="Found">Whether the audit found the defect.</param>
/// <param name="By">What found it, with its count; where a probe found a shortcut before anything was planted, that.</param>
public sealed record PlantedResult(Planted? Defect, Proportion Nearest, Proportion Thumbnail, bool Found, string By);

/// <summary>
/// Defects planted one by one: how the test accuracy changes, and whether the audit finds each. It shows itself as a table.
/// </summary>
public sealed class PlantedReport : Displayed
{
    private PlantedReport(IReadOnlyList<PlantedResult> results) => Results = results;

    /// <summary>The split as it was, then each kind in each dose.</summary>
    public IReadOnlyList<PlantedResult> Results { get; }

    /// <summary>Plants every kind in several doses.</summary>
    /// <param name="split">With parts train and test of two classes.</param>
    /// <param name="folder">Where changed pictures go, in a folder for each defect; it must not exist.</param>
    /// <param name="shares">The doses; .05, .2 and .5 by default.</param>
    /// <param name="seed">Of the choice of images.</param>
    /// <exception cref="DataException">A part is missing, there are not two classes, or the folder is there.</exception>
    public static PlantedReport Of(DatasetSplit split, string folder, IReadOnlyList<double>? shares = null, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var before = DataAudit.Of(split);
        var results = new List<PlantedResult> { Result(null, new PlantedSplit(split, []), before) };
        foreach (var kind in Enum.GetValues<PlantedKind>())
        {
            foreach (var share in shares ?? [.05, .2, .5])
            {
                var defect = new Planted(kind, share, seed);
                var place = Path.Combine(folder, FormattableString.Invariant($"{kind}-{share:0.###}"));
                results.Add(Result(defect, defect.In(split, place), before));
            }
        }

        return new PlantedReport(results);
    }

    /// <summary>What of an audit finds a planted defect; null where it was not found.</summary>
    /// <param name="defect">The defect.</param>
    /// <param name="planted">The split that carries it.</param>
    /// <param name="before">
    /// The audit of the split without it: what that found already is not the defect's doing. Null for a split that is known to be clean.
    /// </param>
    /// <returns>What found it, with its count.</returns>
    public static string? FoundBy(Planted defect, PlantedSplit planted, DataAudit? before = null)
    {
        ArgumentNullException.ThrowIfNull(defect);
        ArgumentNullException.ThrowIfNull(planted);
        if (defect.Kind == PlantedKind.FlippedLabels)
        {
            var flipped = planted.Planted.ToHashSet(StringComparer.Ordinal);
            var all = ImageDataset.Join("all", [.. planted.Split.Parts.Select(part => part.Dataset)]);
            var errors = LabelErrors.Of(OutOfFold.Thumbnail(all));
            var (candidates, hits) = (errors.Candidates.Count, errors.Candidates.Count(candidate => flipped.Contains(candidate.Id)));

            // Found: half of the flips are candidates, and candidates are flips twice as often as images are.
            return hits * 2 >= flipped.Count && (long)hits * errors.Count >= 2L * flipped.Count * candidates
                ? string.Create(CultureInfo.InvariantCulture, $"{hits} of {flipped.Count} among {candidates} probable label errors")
                : null;
        }

        var audit = DataAudit.Of(planted.Split);
        int New(Func<LeakageAudit, int> count) => count(audit.Leakage!) - (before is null ? 0 : count(before.Leakage!));
        return defect.Kind switch
        {
            PlantedKind.Leak => Count(New(leakage => leakage.NearDuplicatesAcross.Count), "pair looks alike", "pairs look alike"),
            PlantedKind.Negative =>
                Count(New(leakage => leakage.AlteredAcross.Count(pair => pair.Correlation < 0)), "negative", "negatives"),
            PlantedKind.PatientOnBothSides =>
                Count(New(leakage => leakage.GroupsAcross.Count), "group in two parts", "groups in two parts"),
            PlantedKind.Marker => Probed(audit.ThumbnailProbe, before?.ThumbnailProbe),
            _ => Probed(audit.HeaderProbe, before?.HeaderProbe) ?? Probed(audit.HeaderForestProbe, before?.HeaderForestProbe)
                ?? (AuditFlags.OfDepths(planted.Split).Any() ? "the depth of the files" : null),
        };
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private static string? Count(int count, string one, string several) => count <= 0 ? null : DisplayedNumber.Counted(count, one, several);

    private static string? Probed(ProbeReport? probe, ProbeReport? before) =>
        probe is { FindsShortcut: true } && before is not { FindsShortcut: true } ? $"probe on the {probe.Name}: {probe.Accuracy}" : null;

    private static string AlreadyOpen(PlantedKind kind, DataAudit before)
    {
        IEnumerable<ProbeReport?> probes = kind switch
        {
            PlantedKind.Marker => [before.ThumbnailProbe],
            PlantedKind.SixteenBitClass => [before.HeaderProbe, before.HeaderForestProbe],
            _ => [],
        };
        return probes.FirstOrDefault(probe => probe is { FindsShortcut: true }) is { } open
            ? $"not told from the shortcut that the probe on the {open.Name} finds with nothing planted"
            : "";
    }

    private static PlantedResult Result(Planted? defect, PlantedSplit planted, DataAudit before)
    {
        var (train, test) = (planted.Split["train"], planted.Split["test"]);
        var nearest = NearestNeighbour.Of(train, test);
        var thumbnail = ShortcutProbe.Thumbnail(train, test, new ProbeOptions { BadImages = BadImagePolicy.Skip });
        var by = defect is null ? before.Verdict : FoundBy(defect, planted, before);
        return new PlantedResult(
            defect,
            new Proportion(nearest.Items.Count(item => item.IsCorrect), nearest.Count),
            thumbnail.Accuracy,
            defect is not null && by is not null,
            by ?? AlreadyOpen(defect!.Kind, before));
    }

    private Table Table()
    {
        var found = Results.Count(result => result.Found);
        var table = new Table(
            string.Create(CultureInfo.InvariantCulture, $"Planted defects: the audit finds {found} of {Results.Count - 1}"),
            TableColumn.Text("defect"), TableColumn.Number("share"), TableColumn.Number(
                "nearest picture"), TableColumn.Number("8 × 8 thumbnail"), TableColumn.Text("found"), TableColumn.Text("by"));
        foreach (var result in Results)
        {
            table.Add(
                result.Defect is { } defect ? defect.Kind.ToString() : "nothing planted",
                result.Defect is { } dose ? DisplayedNumber.Fixed(dose.Share, 2) : DisplayedNumber.None,
                result.Nearest.ToString(),
                result.Thumbnail.ToString(),
                result.Defect is null ? DisplayedNumber.None : result.Found ? "yes" : "no",
                result.By);
        }

        return table.Note(
            "Test accuracies of two models that know no disease: one remembers the most similar training picture, one weighs 64 grey "
                + "levels. What is higher with a defect than without is not skill.");
    }
}
