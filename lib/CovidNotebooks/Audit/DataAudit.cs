using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>
/// What an experiment should know of its data before it trains: what the parts of the split share that they should not, and what three
/// probes that see no anatomy reach on the test images. It is stored with the run.
/// </summary>
/// <remarks>
/// Clean means that nothing was found, not that nothing is there: <see cref="LeakageAudit"/> and <see cref="ShortcutProbe"/> say what each
/// of them cannot find.
/// </remarks>
public sealed class DataAudit : Displayed
{
    private const string Training = "train";

    private DataAudit(LeakageAudit? leakage, ProbeReport? header, ProbeReport? forest, ProbeReport? thumbnail, AuditRecord record)
    {
        Leakage = leakage;
        HeaderProbe = header;
        HeaderForestProbe = forest;
        ThumbnailProbe = thumbnail;
        Record = record;
    }

    /// <summary>What the parts share; null where the audit was skipped.</summary>
    public LeakageAudit? Leakage { get; }

    /// <summary>What the file's header alone tells; null where the probe was not made.</summary>
    public ProbeReport? HeaderProbe { get; }

    /// <summary>
    /// What the file's header alone tells a random forest, which also finds single sizes and combinations; null where the probe was not
    /// made.
    /// </summary>
    public ProbeReport? HeaderForestProbe { get; }

    /// <summary>What a thumbnail of 8 × 8 grey levels tells; null where the probe was not made.</summary>
    public ProbeReport? ThumbnailProbe { get; }

    /// <summary>The probes that were made: the file header, the file header with a forest, the thumbnail.</summary>
    public IReadOnlyList<ProbeReport> Probes => [.. new[] { HeaderProbe, HeaderForestProbe, ThumbnailProbe }.OfType<ProbeReport>()];

    /// <summary>The audit as the run's folder keeps it.</summary>
    public AuditRecord Record { get; }

    /// <summary>What was found, one sentence each.</summary>
    public IReadOnlyList<string> Flags => Record.Flags;

    /// <summary>What could not be looked for or was not, and why, one sentence each.</summary>
    public IReadOnlyList<string> NotSearched => Record.NotSearched;

    /// <summary>Clean, found, or not known: what could not be looked at is never called clean.</summary>
    public AuditState State => Record.State;

    /// <summary>Whether everything was looked at and nothing was found.</summary>
    public bool IsClean => State == AuditState.Clean;

    /// <summary>In two or three words: <c>clean</c>, <c>not known</c>, <c>3 flags</c> or <c>not audited</c>.</summary>
    public string Verdict => Record.Verdict;

    /// <summary>
    /// Audits the parts of a split. What cannot be done with these images is told in <see cref="NotSearched"/>; it is no error.
    /// </summary>
    /// <param name="split">
    /// The parts. The probes learn from <c>train</c> and are judged on <c>test</c>, or on <c>val</c> where there is no test part.
    /// </param>
    /// <param name="options">By default everything is looked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static DataAudit Of(DatasetSplit split, DataAuditOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(split);
        options ??= new DataAuditOptions();
        options.Validate();
        var leakage = LeakageAudit.Of(split, options.SearchNearDuplicates);
        List<string> notSearched = [.. AuditFlags.NotKnown(leakage, options.SearchNearDuplicates)];
        var judge = split.Find("test") is not null ? "test" : "val";
        ProbeReport? header = null, forest = null, thumbnail = null;
        if (split.Find(Training) is { } train && split.Find(judge) is { } judged)
        {
            header = Probe("header", () => ShortcutProbe.Header(train, judged, options.Probes), notSearched);
            forest = Probe("header forest", () => ShortcutProbe.HeaderForest(train, judged, options.Probes), notSearched);
            thumbnail = Probe("thumbnail", () => ShortcutProbe.Thumbnail(train, judged, options.Probes), notSearched);
        }
        else
        {
            notSearched.Add(
                "Shortcuts were not searched for: a probe learns from a part named train and is judged on one named test or val. "
                    + $"Found: {string.Join(", ", split.Parts.Select(part => part.Name))}.");
        }

        var shortcuts = new[] { header, forest, thumbnail }.OfType<ProbeReport>().Where(probe => probe.FindsShortcut);
        return new DataAudit(leakage, header, forest, thumbnail, new AuditRecord
        {
            Flags = [.. AuditFlags.Of(leakage), .. AuditFlags.OfDepths(split), .. shortcuts.Select(probe => AuditFlags.Of(probe, judge))],
            NotSearched = notSearched,
            Parts =
            [
                .. split.Parts.Select(
                    part => new AuditedPart(part.Name, part.Dataset.Count, part.Dataset.GroupCount > 0 ? part.Dataset.GroupCount : null)),
            ],
            Results = ResultsOf(
                leakage, options.SearchNearDuplicates, ("header", header), ("header_forest", forest), ("thumbnail", thumbnail)),
        });
    }

    /// <summary>No audit. A run that begins with it is shown as not audited.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    public static DataAudit Skipped(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new DataAudit(
            null, null, null, null, new AuditRecord { SkippedBecause = reason, Flags = [$"The data were not audited: {reason}"] });
    }

    /// <summary>
    /// Counts and accuracies for a run's results: <c>audit.flags</c>, <c>audit.exact_across</c>, <c>audit.near_across</c>,
    /// <c>audit.altered_across</c>, <c>audit.copies_across</c>, <c>audit.groups_across</c>, <c>audit.groups_unknown</c> (images),
    /// <c>audit.unreadable</c> (files), <c>audit.conflicting</c> (pairs or groups with different labels), where sources are known
    /// <c>audit.sources_across</c> and <c>audit.source_tells_class</c> (1 or 0), and for each probe <c>audit.header_probe_accuracy</c>,
    /// <c>audit.header_probe_auc</c>, <c>audit.header_forest_probe_accuracy</c>, <c>audit.header_forest_probe_auc</c>,
    /// <c>audit.thumbnail_probe_accuracy</c>, <c>audit.thumbnail_probe_auc</c>. What was not measured is left out.
    /// </summary>
    public IReadOnlyDictionary<string, double> ToResults() =>
        new Dictionary<string, double>(Record.Results, StringComparer.Ordinal) { ["audit.flags"] = Flags.Count };

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var document = new DisplayDocument().Say($"Audit of the data: {Verdict}.", ParagraphKind.Finding);
        document = Flags.Count > 0 ? document.Add(new BulletList(Flags))
            : document.Say(State == AuditState.Clean ? "Nothing was found." : "Nothing was found in what could be looked at.");
        if (Probes.Count > 0)
        {
            document.Add(ProbeTable.Of(Probes).Describe());
        }

        if (Leakage is not null)
        {
            document.Say(Leakage.NothingFound, ParagraphKind.Note)
                .Fold("Every check that found something, and what crosses the parts", Leakage.Describe());
        }

        return NotSearched.Aggregate(document, (all, sentence) => all.Say($"Not known: {sentence}", ParagraphKind.Note));
    }

    /// <summary>Networks beside the audit's probes, on the images that the probes were judged on.</summary>
    /// <param name="models">Names and answers.</param>
    /// <exception cref="ArgumentException">A network answered about other images.</exception>
    public ProbeTable Beside(params IReadOnlyList<(string Name, Predictions Answers)> models) => ProbeTable.Of(Probes, models);

    private static ProbeReport? Probe(string name, Func<ProbeReport> make, List<string> notSearched)
    {
        try
        {
            return make();
        }
        catch (DataException impossible)
        {
            notSearched.Add($"The {name} probe could not be made: {impossible.Message}");
            return null;
        }
    }

    private static Dictionary<string, double> ResultsOf(
        LeakageAudit leakage, bool searchedNear, params (string Name, ProbeReport? Probe)[] probes)
    {
        var results = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["audit.exact_across"] = leakage.ExactDuplicatesAcross.Count,
            ["audit.groups_across"] = leakage.GroupsAcross.Count,
            ["audit.groups_unknown"] = leakage.GroupsUnknown,
            ["audit.unreadable"] = leakage.Unreadable.Count,
            ["audit.conflicting"] = searchedNear ? leakage.ConflictingNearDuplicates.Count : leakage.ConflictingDuplicates.Count,
        };
        if (searchedNear && leakage.EndedSearch is null)
        {
            results["audit.near_across"] = leakage.NearDuplicatesAcross.Count;
            results["audit.altered_across"] = leakage.AlteredAcross.Count;
        }

        if (leakage.SearchedCopies)
        {
            results["audit.copies_across"] = leakage.CopiesAcross.Count;
        }

        if (leakage.SourcesByClass.Any(item => item.Sources.Count > 0))
        {
            results["audit.sources_across"] = leakage.SourcesAcross.Count;
            results["audit.source_tells_class"] = leakage.SourceTellsClass ? 1 : 0;
        }

        foreach (var (name, probe) in probes)
        {
            if (probe is not null)
            {
                results[$"audit.{name}_probe_accuracy"] = probe.Accuracy.Value;
            }

            if (probe?.Auc is { } auc)
            {
                results[$"audit.{name}_probe_auc"] = auc;
            }
        }

        return results;
    }
}
