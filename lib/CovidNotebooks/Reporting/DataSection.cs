using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Reporting;

/// <summary>The data of a run: which set, whose, how many images were tested.</summary>
internal static class DataSection
{
    public static ReportSection Of(RunEvidence evidence)
    {
        var blocks = new List<ReportBlock>();
        if (evidence.IsOfPhantoms)
        {
            blocks.Add(new ReportText("This run is on phantoms: synthetic pictures that the kit draws. Its numbers say nothing about any disease.", IsWarning: true));
        }

        var name = evidence.Setting("data");
        if (evidence.Dataset is { } info)
        {
            blocks.Add(new ReportTable(Names("Data set", ("name", $"{info.Name}: {info.Title}"), ("origin", info.Origin), ("source", info.Url), ("licence", info.Licence), ("cite", info.Citation))));
        }
        else if (!evidence.IsOfPhantoms)
        {
            blocks.Add(new ReportText(name is null ? "The run does not say which data it was made on (it has no setting \"data\")." : $"Data: {name}. The catalogue does not know this set: its origin and licence must be added by the author."));
        }

        if (evidence.Predictions is { } predictions)
        {
            blocks.Add(new ReportTable(Tested(predictions)));
        }

        if (evidence.Setting("validation_set") is { } validation)
        {
            blocks.Add(new ReportText($"Validation set: {validation}."));
        }

        return new ReportSection("Data and split", blocks);
    }

    private static HtmlTable Tested(Predictions predictions)
    {
        var table = new HtmlTable(
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
        names.OfType<string>().Distinct(StringComparer.Ordinal).Count() is var count && count == 0 ? "unknown" : DisplayedNumber.ValueText(count);

    private static HtmlTable Names(string caption, params (string Name, string Value)[] rows)
    {
        var table = new HtmlTable(caption, TableColumn.Text(""), TableColumn.Text(""));
        foreach (var (name, value) in rows)
        {
            table.Add(name, value);
        }

        return table;
    }
}
