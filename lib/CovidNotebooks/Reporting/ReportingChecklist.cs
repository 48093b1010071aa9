using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>
/// Which items of three checklists a run report fills, side by side: TRIPOD+AI (27 items), STARD-AI (40) and CLAIM 2024 (44). Numbers as in
/// the checklists, names and
/// remarks in our words; read the checklists themselves before you write.
/// </summary>
internal static class ReportingChecklist
{
    private const string Citation = "TRIPOD+AI: Collins G. S. et al., BMJ 2024;385:e078378. STARD-AI: Sounderajah V. "
        + "et al., Nat Med 2025;31:3283-3289. "
        + "CLAIM 2024: Tejani A. S. et al., Radiol Artif Intell 2024;6:e240300. The names of the items are ours: read the checklists "
        + "themselves before you write.";

    public static Section Section(IReadOnlyList<ChecklistItem> items)
    {
        var table = new Table(null, TableColumn.Text("TRIPOD+AI"), TableColumn.Text("STARD-AI"), TableColumn.Text("CLAIM"),
            TableColumn.Text("about"), TableColumn.Text("status"), TableColumn.Text("in this report, or missing"));
        foreach (var item in items)
        {
            table.Add(Shown(item.Number), Shown(item.StardAi), Shown(item.Claim), item.Name,
                new TableCell(item.StatusText, Strong: item.Status == ChecklistStatus.FilledFromTheRun), item.Remark);
        }

        string Count(ChecklistStatus status) => DisplayedNumber.ValueText(items.Count(item => item.Status == status));
        var counts = $"Of {DisplayedNumber.ValueText(items.Count)} topics {Count(ChecklistStatus.FilledFromTheRun)} are filled from the "
            + $"run and {Count(ChecklistStatus.Partly)} partly; of {Count(ChecklistStatus.WrittenByTheAuthor)} the run knows nothing, and "
            + "the author must write them.";
        return new Section("Checklists: TRIPOD+AI, STARD-AI, CLAIM",
            [new Paragraph(counts), table, new Paragraph(Citation)]);

        static string Shown(string number) => number.Length > 0 ? number : DisplayedNumber.None;
    }

    public static IReadOnlyList<ChecklistItem> Of(RunEvidence evidence)
    {
        var tested = evidence.Predictions is not null;
        var audited = evidence.Run.Audit is { SkippedBecause: null };
        var settings = evidence.Run.Parameters.Count > 0;
        var weights = evidence.Run.Files.Keys.Any(name => name.EndsWith(".safetensors", StringComparison.Ordinal));
        return
        [
            Author("1", "1", "1", "title", "name the kind of model, the people and the outcome"),
            Author("2", "2", "2", "abstract", "there is a checklist of its own for it"),
            Author("3a-c", "3", "3", "background: care pathway, purpose, known inequalities", "why a model is wanted, for whom"),
            Author("4", "4", "4, 6", "aims", "development, evaluation or both"),
            evidence.Dataset is null
                ? Author("5a-b", "9, 11", "7", "data: source, dates", "the set is not in the kit's catalogue")
                : Partly("5a-b", "9, 11", "7", "data: source, dates",
                "a: origin and citation under Data; b: dates are not known to the kit"),
            Author("6a-c", "7, 8, 10", "8, 10", "people: places, who was included, treatment",
                "public collections say little of it: say what is unknown"),
            settings
                ? Partly("7", "14", "9", "preparing the data", "size, scaling, augmentation under Settings; no check by subgroup of people")
                : Author("7", "14", "9", "preparing the data", "no settings are stored"),
            Author("8a-c", "16a-c, 17b", "14, 15", "outcome: definition, who judged it, blinding",
                "the run knows the names of the classes only"),
            Partly("9a-c", "13", "13", "predictors: choice, definition, who measured them",
                "the pixels of one image; how it was taken is not known"),
            tested ? Partly("10", "22", "21", "sample size",
                "what these images can show, under Results; the aim that it must suffice for is the author's")
                    : Author("10", "22", "21", "sample size", "this run was not evaluated"),
            Author("11", "19, 20", "12", "missing data", "images that were left out, unknown patients"),
            settings
                ? Partly("12a-g", "15a-b, 18", "22, 25, 26, 28", "analysis: use of the data, model, measures",
                $"a split, b scaling, c model and training, {(tested ? "e measures, g answers" : "no measures")}; not d differences "
                    + "between places, f updating")
                : Author("12a-g", "15a-b, 18", "22, 25, 26, 28", "analysis: use of the data, model, measures", "no settings are stored"),
            tested ? Partly("13", "", "", "unequal classes", "counts under Data; what was done about them only where Settings say so")
                : Author("13", "", "", "unequal classes", "this run was not evaluated"),
            evidence.HasSubgroups ? Partly("14", "23, 35", "", "fairness",
                "metrics by source under Results; nothing is known of age, sex or origin")
                    : Author("14", "23, 35", "", "fairness", "nothing is known about the people by group"),
            tested ? Filled("15", "", "", "what the model puts out", "a score a class, and the rule of decision under Results")
                : Author("15", "", "", "what the model puts out", "this run was not evaluated"),
            audited ? Partly("16", "28, 29", "33", "training against evaluation data",
                "what both share under Leakage; how their people differ is not known")
                    : Author("16", "28, 29", "33", "training against evaluation data", "the run was not audited"),
            Author("17", "6", "", "ethics approval", "say what covers the public images"),
            evidence.Dataset is null
                ? Partly("18a-f", "36-39, 40a", "34, 42-44", "open science",
                "f: version of the code under Settings; money, interests, protocol, registration, data are missing")
                : Partly("18a-f", "36-39, 40a", "34, 42-44", "open science",
                "e: source and licence of the data, f: version of the code; money, interests, protocol, registration are missing"),
            Author("19", "", "", "patients and public", "whether anybody was asked"),
            tested ? Partly("20a-c", "24, 25, 26a-b", "35, 36", "people in the results",
                "images and patients by class; no age, sex or course, no flow")
                    : Author("20a-c", "24, 25, 26a-b", "35, 36", "people in the results", "this run was not evaluated"),
            tested ? Partly("21", "", "", "numbers in each analysis", evidence.Run.Audit?.Parts is { Count: > 0 }
                ? "evaluated images by class; the parts of the split by number" : "evaluated images by class; not those of training")
                : Author("21", "", "", "numbers in each analysis", "this run was not evaluated"),
            weights
                ? Filled("22", "", "", "the whole model",
                "weights with their checksum, version of the code; ask for the file where it is not published")
                : Author("22", "", "", "the whole model", "no weights are stored with the run"),
            tested ? Partly("23a-b", "30, 31", "29, 37, 38", "performance", evidence.HasSubgroups
                ? "a: with intervals and by source under Results; b: not by place"
                : "a: with intervals under Results, not by subgroup; b: not by place")
                : Author("23a-b", "30, 31", "29, 37, 38", "performance", "this run was not evaluated"),
            Author("24", "", "", "updating the model", "the kit updates no model: say so"),
            Author("25", "", "", "meaning of the results", evidence.Protocol is null ? "against earlier work"
                : "the published numbers stand beside ours under Results"),
            Partly("26", "33", "40", "limits", "what the kit knows, under Limits; the study's own are missing"),
            Author("27a-c", "34", "41", "use in care: poor input, user, next steps",
                "the kit is for research and teaching: no use in care is meant"),
            Partly("", "5", "5", "data collected before or after the test was planned", "public images, collected before: retrospective"),
            Author("", "12", "16-18", "who judged the images, how, and how well they agree", "the labels are as published with the images"),
            Author("", "", "11", "removal of names", "say what the publishers of the images did"),
            Partly("", "17a", "", "what the reader of the test knew",
                "the network sees pixels alone; whoever chose its settings may have seen more"),
            evidence.Run.Audit?.Parts is { Count: > 0 }
                ? Partly("", "", "19, 20", "parts of the data, and at which level they are apart",
                "sizes under Data, what they share under Leakage; why they were made so is not told")
                : Author("", "", "19, 20", "parts of the data, and at which level they are apart", "the run was not audited"),
            tested ? Filled("", "15c", "", "from which score on an image is called positive", "the rule of decision under Results")
                : Author("", "15c", "", "from which score on an image is called positive", "this run was not evaluated"),
            Author("", "15d", "", "who is to use it", "the kit is for research and teaching: nobody, in care"),
            settings ? Partly("", "", "23", "software and its versions", "version of the code and environment under Settings")
                : Author("", "", "23", "software and its versions", "no settings are stored"),
            settings ? Partly("", "", "24", "weights before training", "seed, and the origin of weights where Settings name it")
                : Author("", "", "24", "weights before training", "no settings are stored"),
            Author("", "", "27", "ensembles", "say so where several networks answer together"),
            Author("", "21", "30", "how results vary, robustness", "repeats over seeds and folds are runs of their own"),
            Author("", "", "31", "explanation of single answers",
                "maps are in the notebooks, with their sanity checks; the run does not store them"),
            tested ? Partly("", "", "32", "results on internal test data", "under Results; those on training images under Training")
                : Author("", "", "32", "results on internal test data", "this run was not evaluated"),
            tested ? Filled("", "40b", "", "stored outputs", "predictions.csv holds the scores of every image")
                : Author("", "40b", "", "stored outputs", "no predictions are stored"),
            Author("", "27", "", "time between image and diagnosis", "public collections say nothing of it"),
            Author("", "32", "", "harm by the test", "none from looking at published images; say so"),
            tested ? Partly("", "", "39", "failures",
                "the confusion matrix under Results; pictures of failures are in the notebooks alone")
                    : Author("", "", "39", "failures", "this run was not evaluated"),
        ];
    }

    private static ChecklistItem Author(string tripod, string stardAi, string claim, string name, string remark) =>
        new(tripod, stardAi, claim, name, ChecklistStatus.WrittenByTheAuthor, remark);

    private static ChecklistItem Partly(string tripod, string stardAi, string claim, string name, string remark) =>
        new(tripod, stardAi, claim, name, ChecklistStatus.Partly, remark);

    private static ChecklistItem Filled(string tripod, string stardAi, string claim, string name, string remark) =>
        new(tripod, stardAi, claim, name, ChecklistStatus.FilledFromTheRun, remark);
}
