using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>The data of a run: which set, whose, how it was split, how many images were tested.</summary>
internal static class DataSection
{
    private const string SplitName = "split";

    /// <summary>Settings that count the parts, where no audit did: what the part is called, and the setting.</summary>
    private static readonly (string Part, string Setting)[] Counts = [("training", "training_images"),
        ("validation", "validation_images"), ("test", "test_images")];

    /// <summary>The settings that this section tells.</summary>
    public static IReadOnlyList<string> SplitSettings { get; } = [SplitName, .. Counts.Select(count => count.Setting)];

    public static Section Of(RunEvidence evidence)
    {
        var blocks = new List<DisplayBlock>();
        if (evidence.IsOfPhantoms)
        {
            blocks.Add(
                new Paragraph(
                    "This run is on phantoms: synthetic pictures that the kit draws. Its numbers say nothing about any disease.",
                    ParagraphKind.Warning));
        }

        var name = RecordedFact.Data.TextOf(evidence.Run.Parameters);
        if (evidence.Dataset is { } info)
        {
            blocks.Add(Names("Data set", ("name", $"{info.Name}: {info.Title}"), ("origin", info.Origin), ("source", info.Url),
                ("licence", info.Licence), ("cite", info.Citation)));
        }
        else if (!evidence.IsOfPhantoms)
        {
            blocks.Add(new Paragraph(name is null ? "The run does not say which data it was made on (it has no setting \"data\")."
                : $"Data: {name}. The catalogue does not know this set: its origin and licence must be added by the author."));
        }

        if (Split(evidence) is { } split)
        {
            blocks.Add(new Paragraph(split));
        }

        if (evidence.Predictions is { } predictions)
        {
            blocks.Add(Tested(predictions));
        }

        if (RecordedFact.ValidationImages.TextOf(evidence.Run.Parameters) is { } validation)
        {
            blocks.Add(new Paragraph($"Validation set: {validation}."));
        }

        return new Section("Data and split", blocks);
    }

    /// <summary>
    /// How the images were split, and into how many: as audited, or else by the run's settings; null where the run knows neither.
    /// </summary>
    private static string? Split(RunEvidence evidence)
    {
        var parts = evidence.Run.Audit?.Parts is { Count: > 0 } audited
            ? audited.Select(part => $"{part.Name} {Images(part.Images)}{OfGroups(part.Groups)}")
            : Counts.Where(count => evidence.Run.Parameters.GetValueOrDefault(count.Setting) is long and >= 0 and <= int.MaxValue)
                .Select(count => $"{count.Part} {Images((int)(long)evidence.Run.Parameters[count.Setting]!)}");
        var counted = string.Join(", ", parts);
        return (RecordedFact.Split.TextOf(evidence.Run.Parameters), counted.Length > 0) switch
        {
            (null, false) => null,
            (null, true) => $"Split: {counted}.",
            (var name, false) => $"Split: {name}.",
            (var name, true) => $"Split: {name}; {counted}.",
        };
    }

    private static string OfGroups(int? groups) => groups is { } count ? " of " + DisplayedNumber.Counted(count, "group", "groups") : "";

    private static string Images(int count) => DisplayedNumber.Counted(count, "image", "images");

    private static Table Tested(Predictions predictions)
    {
        var table = new Table(
            $"Evaluated: {DisplayedNumber.ValueText(predictions.Count)} images (test set {predictions.TestSetHash[..12]})",
            TableColumn.Text("class"),
            TableColumn.Number("images"),
            TableColumn.Number("groups"),
            TableColumn.Number("sources"));
        for (var label = 0; label < predictions.ClassNames.Count; label++)
        {
            var own = predictions.Items.Where(item => item.Label == label).ToArray();
            table.Add(
                label == predictions.PositiveClass ? predictions.ClassNames[label] + " (positive)" : predictions.ClassNames[label],
                DisplayedNumber.ValueText(own.Length),
                Distinct(own.Select(item => item.Group)),
                Distinct(own.Select(item => item.Source)));
        }

        return table;
    }

    private static string Distinct(IEnumerable<string?> names) =>
        names.OfType<string>().Distinct(StringComparer.Ordinal).Count() is var count && count == 0 ? "unknown"
            : DisplayedNumber.ValueText(count);

    private static Table Names(string caption, params (string Name, string Value)[] rows)
    {
        var table = new Table(caption, TableColumn.Text(""), TableColumn.Text(""));
        foreach (var (name, value) in rows)
        {
            table.Add(name, value);
        }

        return table;
    }
}
