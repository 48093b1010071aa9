using System.Globalization;
using System.Text.RegularExpressions;
using CovidNotebooks.Audit;
using CovidNotebooks.Reporting;
using Tests.Runs;

namespace Tests.Reporting;

public sealed class RunReportTests : IDisposable
{
    private readonly ReportedRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void Results_stand_with_their_intervals_in_every_form()
    {
        var settings = ReportedRuns.Settings(("document", 1), ("data", "xray-25"), ("weights", "imagenet"));
        var report = runs.Report("one", settings, run => run.Save(ReportedRuns.TenImages()));

        Assert.Empty(report.Missing);
        Assert.Null(report.Decision!.Threshold);
        // Wilson's intervals of 9/10, 5/5 and 4/5, as the audit of document 1 has them.
        string[] forms = [report.ToHtml(), report.ToPlainText(), report.ToMarkdown().Replace("\\", "", StringComparison.Ordinal)];
        foreach (var text in forms)
        {
            Assert.Contains(
                "accuracy 0.900 [0.596, 0.982]; sensitivity 1.000 [0.566, 1.000]; specificity 0.800 [0.376, 0.964]",
                text,
                StringComparison.Ordinal);
            Assert.Contains("4 (80.0 %)", text, StringComparison.Ordinal);
            Assert.Contains("Wilson", text, StringComparison.Ordinal);
            Assert.Contains("inside the interval", text, StringComparison.Ordinal);
            Assert.Contains("Brier score, taken apart", text, StringComparison.Ordinal);
            Assert.Contains("What can this test set show?", text, StringComparison.Ordinal);
            Assert.Contains("Only 5 test images are covid", text, StringComparison.Ordinal);
            Assert.Contains("the patient is unknown", text, StringComparison.Ordinal);
            Assert.Contains("never for diagnosis", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_of_the_catalogue_comes_with_licence_source_and_defects()
    {
        var text = runs.Report("one", ReportedRuns.Settings(("data", "xray-25")), run => run.Save(ReportedRuns.TenImages())).ToPlainText();

        Assert.Contains("https://github.com/ieee8023/covid-chestxray-dataset", text, StringComparison.Ordinal);
        Assert.Contains("CC BY-NC-SA 4.0", text, StringComparison.Ordinal);
        Assert.Contains("Data: \"normal\" is not normal", text, StringComparison.Ordinal);
        Assert.Matches("covid \\(positive\\) +5 +unknown +unknown", text);
    }

    [Fact]
    public void The_split_stands_with_the_data_and_its_parts_are_counted_where_they_are_known()
    {
        static string Part(string text, string from, string to) =>
            text[text.IndexOf(from, StringComparison.Ordinal)..text.IndexOf(to, StringComparison.Ordinal)];
        var settings = ReportedRuns.Settings(("split", "official lists"), ("seed", 1), ("training_images", 4177), ("validation_images", 1));
        var counted = runs.Report("counted", settings, _ => { }).ToPlainText();
        Assert.Contains(
            "Split: official lists; training 4,177 images, validation 1 image.",
            Part(counted, "Data and split", "Leakage and shortcuts"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("split", Part(counted, "\nSettings\n", "\nResults\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("training_images", counted, StringComparison.Ordinal);

        // What was audited is what was there: it goes before what the settings say.
        var audit = new AuditRecord { Parts = [new("train", 425, 90), new("val", 118, 1), new("test", 203, null)] };
        Assert.Contains(
            "Split: official lists; train 425 images of 90 groups, val 118 images of 1 group, test 203 images.",
            runs.Report("audited", settings, run => run.Save(audit)).ToPlainText(),
            StringComparison.Ordinal);
        Assert.Contains(
            "Split: train 425 images of 90 groups",
            runs.Report("unnamed", [], run => run.Save(audit)).ToPlainText(),
            StringComparison.Ordinal);
        Assert.Contains(
            "Split: by hand.\n",
            runs.Report("named", ReportedRuns.Settings(("split", "by hand")), _ => { }).ToPlainText(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Split:",
            runs.Report("silent", ReportedRuns.Settings(("training_images", "many")), _ => { }).ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_the_catalogue_does_not_know_and_phantoms_are_told()
    {
        Assert.Contains(
            "The catalogue does not know this set",
            runs.Report("own", ReportedRuns.Settings(("data", "my-images")), _ => { }).ToPlainText(),
            StringComparison.Ordinal);
        Assert.Contains("does not say which data", runs.Report("none", [], _ => { }).ToPlainText(), StringComparison.Ordinal);

        var settings = ReportedRuns.Settings(("document", 1), ("data", "phantoms"));
        var phantoms = runs.Report("drawn", settings, run => run.Save(ReportedRuns.TenImages())).ToPlainText();
        Assert.Contains("Its numbers say nothing about any disease", phantoms, StringComparison.Ordinal);
        Assert.DoesNotContain("published numbers beside ours", phantoms, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_stand_beside_the_documents_and_departures_are_bold()
    {
        var settings = ReportedRuns.Settings(("document", 5), ("trainer.epochs", 3), ("train.batch_size", 50), ("trainer.seed", 7));
        var report = runs.Report("one", settings, _ => { });

        Assert.Matches(@"\| trainer\.epochs \| 20 \| \*\*3\*\* \|", report.ToMarkdown());
        Assert.Contains("| train.batch\\_size | 50 | 50 |", report.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("| model.dropout | 0.5 | **not stored** |", report.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("| trainer.seed | 7 |", report.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("CovidNotebooks 1.2.3, torch 2.0 on cpu, 2 threads", report.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Training_is_summed_up_by_its_first_best_and_last_epoch()
    {
        var report = runs.Report("one", ReportedRuns.Settings(("epochs", 30), ("validation_set", "test folder")), run =>
        {
            double[] losses = [.9, .5, .25, .75];
            for (var i = 0; i < losses.Length; i++)
            {
                run.LogMetrics(i + 1, RunStoreTests.Values(("loss", 1.0 / (i + 1)), ("val_loss", losses[i]), ("seconds", 1.5)));
            }

            // Resumed: the fourth epoch was run again.
            run.LogMetrics(4, RunStoreTests.Values(("loss", .2), ("val_loss", .5), ("seconds", 1.5)));
        });
        var text = report.ToPlainText();

        Assert.Matches(@"first +1 +1\.0000 +– +0\.9000", text);
        Assert.Matches(@"lowest validation loss +3 +0\.3333 +– +0\.2500", text);
        Assert.Matches(@"last +4 +0\.2000 +– +0\.5000", text);
        Assert.Contains(
            "4 of 30 planned epochs are stored; the run does not say why it ended there. 6 s of training are logged.",
            text,
            StringComparison.Ordinal);
        Assert.Contains("may be shown, not used", text, StringComparison.Ordinal);
        Assert.Contains("The test images were also watched during training", text, StringComparison.Ordinal);
        Assert.Equal(2, report.ToHtml().Split("<polyline").Length - 1);
        Assert.Contains("aria-label=\"Loss by epoch, 1 to 4: training loss, validation loss\"", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_audit_found_stands_before_the_results()
    {
        var audit = new AuditRecord
        {
            Flags = ["2 pairs of pictures look nearly alike across two parts."],
            NotSearched = ["The header probe could not be made."],
            Results = RunStoreTests.Values(
                ("audit.near_across", 2),
                ("audit.exact_across", 0),
                ("audit.thumbnail_probe_accuracy", .9),
                ("audit.thumbnail_probe_auc", .95)),
        };
        var report = runs.Report("one", [], run =>
        {
            run.Save(audit);
            run.Save(ReportedRuns.TenImages());
            run.SetResults(RunStoreTests.Values(("audit.near_across", 2), ("training_seconds", 3)));
        });
        var text = report.ToPlainText();

        Assert.Contains("Verdict: 1 flag.", text, StringComparison.Ordinal);
        Assert.Contains("- 2 pairs of pictures look nearly alike", text, StringComparison.Ordinal);
        Assert.Matches("pairs that look alike in two parts +2\n", text);
        Assert.Matches(@"groups \(patients, publications\) in two parts +not searched", text);
        Assert.Contains("The header probe could not be made.", text, StringComparison.Ordinal);
        // 9 of the 10 images: Wilson's interval.
        Assert.Matches(@"probe on an 8 x 8 thumbnail: accuracy +0\.900 \[0\.596, 0\.982\]", text);
        Assert.Matches("probe on the file header: accuracy +not made", text);
        // Records of before these were looked for.
        Assert.Matches("random forest on the file header: accuracy +not made", text);
        Assert.Matches("pictures in two parts, cut out with other borders +not searched", text);
        Assert.Contains("Also stored, without an interval: training_seconds 3.", text, StringComparison.Ordinal);
        Assert.Contains("The audit of the data found 1 flag", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("Verdict:", StringComparison.Ordinal) < text.IndexOf("Confusion matrix", StringComparison.Ordinal));
        Assert.Equal(ChecklistStatus.Partly, Item(report, "16").Status);
    }

    [Fact]
    public void A_run_without_an_audit_says_not_audited()
    {
        var report = runs.Report("one", [], _ => { });
        Assert.Contains("Not audited. Nobody looked", report.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(ChecklistStatus.WrittenByTheAuthor, Item(report, "16").Status);
        Assert.Contains(
            "Not audited: no test images. Nobody",
            runs.Report("two", [], run => run.Save(new AuditRecord { SkippedBecause = "no test images." })).ToPlainText(),
            StringComparison.Ordinal);
        Assert.Contains(
            "The audit cannot be read",
            runs.Report("three", [], run => run.Save("audit.json", path => File.WriteAllText(path, "{"))).ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_trainings_the_first_is_shown()
    {
        var text = runs.Report("one", ReportedRuns.Settings(("epochs", 2)), run =>
        {
            run.LogMetrics(1, RunStoreTests.Values(("loss", .5)));
            run.LogMetrics(2, RunStoreTests.Values(("loss", .25)));
            run.LogMetrics(1, RunStoreTests.Values(("loss", .75), ("fit", 2)));
        }).ToPlainText();

        Assert.Matches(@"first +1 +0\.5000", text);
        Assert.Contains("2 of 2 planned epochs are stored; all were run.", text, StringComparison.Ordinal);
        Assert.Contains("The run holds 2 trainings; the first is shown.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_that_are_no_numbers_are_left_out_of_the_drawing()
    {
        var report = runs.Report("one", [], run =>
        {
            run.LogMetrics(1, RunStoreTests.Values(("loss", .5)));
            run.LogMetrics(2, RunStoreTests.Values(("loss", double.NaN)));
        });

        Assert.Matches(@"lowest loss +1 +0\.5000", report.ToPlainText());
        var html = report.ToHtml();
        var drawing = html[html.IndexOf("<svg", StringComparison.Ordinal)..html.IndexOf("</svg>", StringComparison.Ordinal)];
        Assert.DoesNotContain("NaN", drawing, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_a_page_of_its_own()
    {
        var settings = ReportedRuns.Settings(("document", 1), ("data", "xray-25"));
        var report = runs.Report("one", settings, run => run.Save(ReportedRuns.TenImages()));
        var page = report.ToHtmlPage();

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        foreach (var foreign in new[] { "<script", "<link", "src=", "@import", "url(" })
        {
            Assert.DoesNotContain(foreign, page, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(report.ToHtml(), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checklist_has_the_27_items_of_TRIPOD_AI_with_their_52_parts_and_all_of_STARD_AI_and_CLAIM()
    {
        var settings = ReportedRuns.Settings(("document", 1), ("data", "xray-25"));
        var report = runs.Report("one", settings, run => run.Save(ReportedRuns.TenImages()));

        var items = report.Checklist.Select(item => item.Number).Where(number => number.Length > 0).ToArray();
        Assert.Equal(
            Enumerable.Range(1, 27),
            items.Select(number => int.Parse(number.TrimEnd('a', 'b', 'c', 'd', 'e', 'f', 'g', '-'), CultureInfo.InvariantCulture)));
        Assert.Equal(52, items.Sum(number => number.Contains('-', StringComparison.Ordinal) ? number[^1] - 'a' + 1 : 1));
        Assert.Equal(Enumerable.Range(1, 44), report.Checklist.SelectMany(item => Numbers(item.Claim)).Order());
        Assert.Equal(Enumerable.Range(1, 40), report.Checklist.SelectMany(item => Numbers(item.StardAi)).Distinct().Order());
        Assert.Equal(ChecklistStatus.FilledFromTheRun, Item(report, "15").Status);
        Assert.Equal(ChecklistStatus.Partly, Item(report, "23a-b").Status);
        Assert.Equal(ChecklistStatus.WrittenByTheAuthor, Item(report, "17").Status);
        Assert.Equal(ChecklistStatus.WrittenByTheAuthor, Item(report, "22").Status);

        var weights = runs.Report("two", [], run => run.Save("model.safetensors", path => File.WriteAllText(path, "x")));
        Assert.Equal(ChecklistStatus.FilledFromTheRun, Item(weights, "22").Status);
        Assert.Equal("this run was not evaluated", Item(weights, "23a-b").Remark);
        Assert.Contains("BMJ 2024;385:e078378", weights.ToPlainText(), StringComparison.Ordinal);
    }

    /// <summary>Whole numbers of <c>4, 6</c>, <c>36-39</c> and <c>15a-b</c>, without their letters.</summary>
    private static IEnumerable<int> Numbers(string items) => items.Split(", ", StringSplitOptions.RemoveEmptyEntries).SelectMany(item =>
    {
        var ends = Regex.Matches(item, "[0-9]+").Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    private static ChecklistItem Item(RunReport report, string number) =>
        report.Checklist.Single(item => string.Equals(item.Number, number, StringComparison.Ordinal));
}
