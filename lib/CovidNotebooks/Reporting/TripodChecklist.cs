using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>
/// Which of the 27 items of TRIPOD+AI a run report fills. Numbers as in the checklist, names and remarks in our words; the checklist's
/// own text is in
/// Collins et al., BMJ 2024;385:e078378, doi:10.1136/bmj-2023-078378.
/// </summary>
internal static class TripodChecklist
{
    private const string Citation = "TRIPOD+AI: Collins G. S. et al., BMJ 2024;385:e078378, doi:10.1136/bmj-2023-078378. The names of the items are ours: read the checklist itself before you write.";

    public static Section Section(IReadOnlyList<ChecklistItem> items)
    {
        var table = new Table(null, TableColumn.Text("item"), TableColumn.Text("about"), TableColumn.Text("status"),
            TableColumn.Text("in this report, or missing"));
        foreach (var item in items)
        {
            table.Add(item.Number, item.Name, new TableCell(item.StatusText, Strong: item.Status == ChecklistStatus.FilledFromTheRun),
                item.Remark);
        }

        string Count(ChecklistStatus status) => DisplayedNumber.ValueText(items.Count(item => item.Status == status));
        var counts = $"Of {DisplayedNumber.ValueText(items.Count)} items {Count(ChecklistStatus.FilledFromTheRun)} are filled from the run, {Count(ChecklistStatus.Partly)} partly, and {Count(ChecklistStatus.WrittenByTheAuthor)} must be written by the author.";
        return new Section("TRIPOD+AI checklist", [new Paragraph(counts), table.InColumns(2), new Paragraph(Citation)]);
    }

    public static IReadOnlyList<ChecklistItem> Of(RunEvidence evidence)
    {
        var tested = evidence.Predictions is not null;
        var audited = evidence.Run.Audit is { SkippedBecause: null };
        var settings = evidence.Run.Parameters.Count > 0;
        var weights = evidence.Run.Files.Keys.Any(name => name.EndsWith(".safetensors", StringComparison.Ordinal));
        return
        [
            Author("1", "title", "name the kind of model, the people and the outcome"),
            Author("2", "abstract", "there is a checklist of its own for it"),
            Author("3a-c", "background: care pathway, purpose, known inequalities", "why a model is wanted, for whom"),
            Author("4", "aims", "development, evaluation or both"),
            evidence.Dataset is null
                ? Author("5a-b", "data: source, dates", "the set is not in the kit's catalogue")
                : Partly("5a-b", "data: source, dates", "a: origin and citation under Data; b: dates are not known to the kit"),
            Author("6a-c", "people: places, who was included, treatment", "public collections say little of it: say what is unknown"),
            settings
                ? Partly("7", "preparing the data", "size, scaling, augmentation under Settings; no check by subgroup of people")
                : Author("7", "preparing the data", "no settings are stored"),
            Author("8a-c", "outcome: definition, who judged it, blinding", "the run knows the names of the classes only"),
            Partly("9a-c", "predictors: choice, definition, who measured them", "the pixels of one image; how it was taken is not known"),
            tested ? Partly("10", "sample size", "counts under Data; why they suffice is not argued")
                : Author("10", "sample size", "this run was not evaluated"),
            Author("11", "missing data", "images that were left out, unknown patients"),
            settings
                ? Partly("12a-g", "analysis: use of the data, model, measures",
                    $"a split, b scaling, c model and training, {(tested ? "e measures, g answers" : "no measures")}; not d differences between places, f updating")
                : Author("12a-g", "analysis: use of the data, model, measures", "no settings are stored"),
            tested ? Partly("13", "unequal classes", "counts under Data; what was done about them only where Settings say so")
                : Author("13", "unequal classes", "this run was not evaluated"),
            Author("14", "fairness", "nothing is known about the people by group"),
            tested ? Filled("15", "what the model puts out", "a score a class, and the rule of decision under Results")
                : Author("15", "what the model puts out", "this run was not evaluated"),
            audited ? Partly("16", "training against evaluation data",
                "what both share under Leakage; how their people differ is not known")
                : Author("16", "training against evaluation data", "the run was not audited"),
            Author("17", "ethics approval", "say what covers the public images"),
            evidence.Dataset is null
                ? Partly("18a-f", "open science",
                    "f: version of the code under Settings; money, interests, protocol, registration, data are missing")
                : Partly("18a-f", "open science",
                    "e: source and licence of the data, f: version of the code; money, interests, protocol, registration are missing"),
            Author("19", "patients and public", "whether anybody was asked"),
            tested ? Partly("20a-c", "people in the results", "images and patients by class; no age, sex or course, no flow")
                : Author("20a-c", "people in the results", "this run was not evaluated"),
            tested ? Partly("21", "numbers in each analysis", evidence.Run.Audit?.Parts is { Count: > 0 }
                ? "evaluated images by class; the parts of the split by number" : "evaluated images by class; not those of training")
                : Author("21", "numbers in each analysis", "this run was not evaluated"),
            weights
                ? Filled("22", "the whole model",
                    "weights with their checksum, version of the code; ask for the file where it is not published")
                : Author("22", "the whole model", "no weights are stored with the run"),
            tested ? Partly("23a-b", "performance", "a: with intervals under Results, not by subgroup; b: not by place")
                : Author("23a-b", "performance", "this run was not evaluated"),
            Author("24", "updating the model", "the kit updates no model: say so"),
            Author("25", "meaning of the results", evidence.Protocol is null ? "against earlier work"
                : "the published numbers stand beside ours under Results"),
            Partly("26", "limits", "what the kit knows, under Limits; the study's own are missing"),
            Author("27a-c", "use in care: poor input, user, next steps", "the kit is for research and teaching: no use in care is meant"),
        ];
    }

    private static ChecklistItem Author(string number, string name, string remark) =>
        new(number, name, ChecklistStatus.WrittenByTheAuthor, remark);

    private static ChecklistItem Partly(string number, string name, string remark) => new(number, name, ChecklistStatus.Partly, remark);

    private static ChecklistItem Filled(string number, string name, string remark) =>
        new(number, name, ChecklistStatus.FilledFromTheRun, remark);
}
