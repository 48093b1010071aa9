using System.Globalization;
using CovidNotebooks.Display;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>The settings of a run: beside the document's where it reproduces one.</summary>
internal static class SettingsSection
{
    /// <summary>Told elsewhere in the report.</summary>
    private static readonly HashSet<string> Elsewhere = new(
        ["document", "data", DecisionRule.Parameter, .. DataSection.SplitSettings], StringComparer.Ordinal);

    public static Section Of(RunEvidence evidence)
    {
        var run = evidence.Run;
        var blocks = new List<DisplayBlock>();
        var shown = new HashSet<string>(Elsewhere, StringComparer.Ordinal);
        if (evidence.Protocol is { } protocol)
        {
            blocks.Add(
                new Paragraph(
                    $"Protocol: document {protocol.Number.ToString(CultureInfo.InvariantCulture)}, "
                        + $"{protocol.Title.English ?? protocol.Title.Words} ({protocol.Framework})."));
            var table = new Table(
                "Settings that the document names; bold where this run departs from it",
                TableColumn.Text("setting"),
                TableColumn.Text("published"),
                TableColumn.Text("this run"));
            var asked = RecordedFact.Epochs.Name;
            foreach (var setting in run.Parameters.ContainsKey(asked) ? protocol.AsPublishedOn(run.Parameters).Settings : [])
            {
                shown.Add(setting.Name);
                var published = DisplayedNumber.ValueText(setting.Published);
                var used = run.Parameters.ContainsKey(setting.Name) ? DisplayedNumber.ValueText(run.Parameters[setting.Name])
                    : "not stored";
                var stored = run.Parameters.TryGetValue(setting.Name, out var value) ? DisplayedSetting.Text(value) : used;
                table.Add(
                    setting.Name,
                    DisplayedSetting.Text(setting.Published),
                    new TableCell(stored, Strong: !string.Equals(published, used, StringComparison.Ordinal)));
            }

            if (table.Rows.Count > 0)
            {
                blocks.Add(table.InColumns(2));
            }
        }

        var others = run.Parameters.Where(pair => !shown.Contains(pair.Key)).ToArray();
        if (others.Length > 0)
        {
            var table = new Table(
                evidence.Protocol is null ? "Settings" : "Further settings", TableColumn.Text("setting"), TableColumn.Text("this run"));
            foreach (var (name, value) in others)
            {
                table.Add(name, DisplayedSetting.Text(value));
            }

            blocks.Add(table.InColumns(others.Length > 3 ? 2 : 1));
        }

        if (run.Parameters.Count == 0)
        {
            blocks.Add(new Paragraph("No settings are stored."));
        }

        blocks.AddRange(run.NotRecorded.Select(sentence => new Paragraph(sentence, ParagraphKind.Warning)));
        if (run.Environment is { } environment)
        {
            blocks.Add(new Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"Computed with CovidNotebooks {environment.Library}, torch {environment.Torch ?? "unknown"} on "
                    + $"{environment.Device ?? "unknown"}, {environment.Threads?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} "
                    + $"threads, {environment.Runtime}, {environment.System}.")));
        }

        if (run.Files.Count > 0)
        {
            blocks.Add(new Paragraph("Files: " + string.Join("; ", run.Files.Select(file => Described(file.Key, file.Value))) + "."));
        }

        return new Section("Settings", blocks);
    }

    /// <summary>A record that was edited may lack what a run always writes.</summary>
    private static string Described(string name, RunFile? file) =>
        file is { Sha256: { } hash }
            ? string.Create(CultureInfo.InvariantCulture, $"{name}, {file.Bytes:N0} bytes, sha256 {hash[..Math.Min(12, hash.Length)]}…")
            : name;
}
