using CovidNotebooks.Audit;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Reporting;

/// <summary>What the audit of a run's data found: leakage across the split, shortcuts.</summary>
internal static class AuditSection
{
    private static readonly (string Name, string Text)[] Counts =
    [
        ("audit.exact_across", "groups of equal files in two parts"),
        ("audit.near_across", "pairs that look alike in two parts"),
        ("audit.altered_across", "negatives, mirrored and turned copies in two parts"),
        ("audit.copies_across", "pictures in two parts, cut out with other borders"),
        ("audit.groups_across", "groups (patients, publications) in two parts"),
        ("audit.groups_unknown", "images whose group is unknown"),
        ("audit.sources_across", "sources in two parts"),
        ("audit.source_tells_class", "whether the source alone tells the class (1: yes)"),
        ("audit.conflicting", "pictures that are there twice with different labels"),
    ];

    private static readonly (string Name, string Text)[] Probes = [("header", "probe on the file header"),
        ("header_forest", "random forest on the file header"), ("thumbnail", "probe on an 8 x 8 thumbnail")];

    public static Section Of(RunEvidence evidence)
    {
        var run = evidence.Run;
        if (run.Audit is not { SkippedBecause: null } audit)
        {
            const string Consequence = "Nobody looked for images or patients on both sides of the split, nor for shortcuts.";
            var text = run.Audit?.SkippedBecause is { } reason ? $"Not audited: {reason.TrimEnd('.')}. {Consequence}"
                : string.Equals(run.AuditVerdict, AuditRecord.NotAudited, StringComparison.Ordinal) ? $"Not audited. {Consequence}"
                : "The audit cannot be read: what it found is unknown.";
            return new Section("Leakage and shortcuts", [new Paragraph(text, ParagraphKind.Warning)]);
        }

        var blocks = new List<DisplayBlock> { new Paragraph($"Verdict: {audit.Verdict}.", audit.Flags.Count > 0 ? ParagraphKind.Warning
            : ParagraphKind.Text) };
        if (audit.Flags.Count > 0)
        {
            blocks.Add(new BulletList(audit.Flags));
        }

        blocks.Add(Table(audit, evidence.Predictions).InColumns(2));
        if (audit.NotSearched.Count > 0)
        {
            blocks.Add(new Paragraph("Not searched: " + string.Join(" ", audit.NotSearched)));
        }

        return new Section("Leakage and shortcuts", blocks);
    }

    private static Table Table(AuditRecord audit, Predictions? predictions)
    {
        var groups = predictions is null ? null : Grouping.Of(predictions);
        var tested = groups is { HasSeveral: false } ? predictions!.Count : (int?)null;
        var table = new Table(
            "What was looked for; a model that does not beat the probes has not shown that it has learnt more than they",
            TableColumn.Text(""),
            TableColumn.Number("found"));
        foreach (var (name, text) in Counts)
        {
            table.Add(text, audit.Results.TryGetValue(name, out var count) ? DisplayedNumber.Fixed(count, 0) : "not searched");
        }

        foreach (var (name, text) in Probes)
        {
            table.Add(text + ": accuracy", audit.Results.TryGetValue($"audit.{name}_probe_accuracy", out var accuracy)
                ? WithInterval(accuracy, tested) : "not made");
            table.Add(text + ": AUC", audit.Results.TryGetValue($"audit.{name}_probe_auc", out var auc) ? DisplayedNumber.Fixed(auc)
                : "not made");
        }

        return groups is { HasSeveral: true }
            ? table.Note("The audit stores shares alone: with several images of a group no interval can be made of them.")
            : table;
    }

    /// <summary>
    /// The audit stores shares only; where the share is one of the evaluated images and each stands alone, its interval is known.
    /// </summary>
    private static string WithInterval(double share, int? count)
    {
        var right = share * (count ?? 0);
        return count is { } images && images > 0 && Math.Abs(right - Math.Round(right)) < 1e-6 && right >= -.5 && right <= images + .5
            ? $"{DisplayedNumber.Fixed(share)} {Wilson.Interval((int)Math.Round(right), images)}"
            : DisplayedNumber.Fixed(share);
    }
}
