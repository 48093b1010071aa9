using CovidNotebooks.Display;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>What the audits of several runs found in their data, the probes beside the network, and every flag in words.</summary>
public sealed class AuditTable : Displayed
{
    private readonly IReadOnlyList<RunRecord> runs;

    private AuditTable(IReadOnlyList<RunRecord> runs) => this.runs = runs;

    /// <summary>Lines up the audits of runs that came to their end.</summary>
    /// <param name="runs">Any runs.</param>
    public static AuditTable Of(IEnumerable<RunRecord> runs) => new([.. runs.Where(run => run.Status == RunStatus.Finished)]);

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var compared = runs.Where(run => Number(run, "accuracy") is not null && Probes(run).Any()).ToList();
        var behind = compared.Count(run => Probes(run).Max() >= Number(run, "accuracy"));
        var flags = runs.SelectMany(run => (run.Audit?.Flags ?? []).Select(flag => (run.Name, Flag: flag)))
            .GroupBy(item => item.Flag, item => item.Name, StringComparer.Ordinal).ToList();
        var document = new DisplayDocument()
            .Say(
                $"In {behind} of {DisplayedNumber.Counted(compared.Count, "finished run", "finished runs")} with an accuracy and probes "
                    + "a probe that sees no anatomy is at least as accurate as the network.",
                ParagraphKind.Finding)
            .Fold("The audits, run by run", Display.Table.Of(
                null,
                runs,
                ("run", run => run.Name),
                ("audit", run => run.AuditVerdict),
                ("same file", run => Count(run, "audit.exact_across")),
                ("look alike", run => Count(run, "audit.near_across")),
                ("other borders", run => Count(run, "audit.copies_across")),
                ("same patient", run => Count(run, "audit.groups_across")),
                ("header probe", run => Number(run, "audit.header_probe_accuracy")),
                ("header, forest", run => Number(run, "audit.header_forest_probe_accuracy")),
                ("thumbnail probe", run => Number(run, "audit.thumbnail_probe_accuracy")),
                ("the network", run => Number(run, "accuracy")))
            .Note(
                "Same file, look alike, other borders, same patient: pairs or groups that stand on both sides of the split. "
                    + "A dash: not searched for,")
            .Note("or not asked. Probes: accuracy on the test images of the split that was audited; a network that was trained in several "
                + "folds answered about all of theirs."));
        return flags.Count == 0
            ? document.Say("No run has a flag: either its audit was clean, or it was not audited; the column says which.")
            : document.Fold($"Every flag in words ({flags.Count})",
                Display.Table.Of(null, flags, ("runs", flag => string.Join(", ", flag.Distinct(StringComparer.Ordinal))),
                ("what the audit found", flag => flag.Key)));
    }

    private static IEnumerable<double> Probes(RunRecord run) =>
        new[] { "header", "header_forest", "thumbnail" }.Select(name => Number(run, $"audit.{name}_probe_accuracy")).OfType<double>();

    private static double? Number(RunRecord run, string name) => run.Results.TryGetValue(name, out var value) ? value : null;

    private static int? Count(RunRecord run, string name) => Number(run, name) is { } value ? (int)value : null;
}
