using CovidNotebooks.Evaluation;
using Tests.Runs;

namespace Tests.Reporting;

/// <summary>Names that are markup, runs that are not whole: a report that says so, never an exception.</summary>
public sealed class BrokenReportTests : IDisposable
{
    private const string Hostile = "<script>alert('x')</script>|**b**\n# h";
    private readonly ReportedRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void Names_cannot_become_markup()
    {
        var report = runs.Report(Hostile, ReportedRuns.Settings((Hostile, Hostile), ("data", Hostile), ("validation_set", Hostile)), run =>
        {
            run.Save(
                new Predictions([Hostile, "p"], [new(Hostile, Hostile, Hostile, 0, [.9, .1], .1), new("b", null, null, 1, [.1, .9], .1)]));
            run.LogMetrics(1, RunStoreTests.Values(("loss", .5), (Hostile, 1)));
            run.SetResults(RunStoreTests.Values((Hostile, 1)));
            run.Fail(Hostile);
        });

        Assert.DoesNotContain("<script", report.ToHtmlPage(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", report.ToHtmlPage(), StringComparison.Ordinal);
        var markdown = report.ToMarkdown();
        Assert.DoesNotContain("<script", markdown.Replace("\\<", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\n# h", markdown, StringComparison.Ordinal);
        foreach (var table in markdown.Split("\n\n").Where(block => block.StartsWith('|')))
        {
            var pipes = table.TrimEnd('\n').Split('\n')
                .Select(line => line.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|')).Distinct();
            Assert.Single(pipes);
        }
    }

    [Fact]
    public void Without_predictions_the_stored_results_are_shown_as_what_they_are()
    {
        var report = runs.Report("one", [], run => run.SetResults(RunStoreTests.Values(("accuracy", .8))));

        Assert.Null(report.Evaluation);
        Assert.Contains("has no predictions.csv", Assert.Single(report.Missing), StringComparison.Ordinal);
        Assert.Matches("accuracy +0.8000", report.ToPlainText());
        Assert.Contains("A number without its interval must not be compared", report.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("it was not evaluated", runs.Report("two", [], _ => { }).ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_failed_or_goes_on_says_so()
    {
        Assert.Contains(
            "The run failed: out of memory.", runs.Report("one", [], run => run.Fail("out of memory.")).Missing, StringComparer.Ordinal);

        using var run = runs.Store.Create("two", new Dictionary<string, object?>(StringComparer.Ordinal));
        Assert.Contains("has not ended", ReportedRuns.Report(runs.Store.Load(run.Id)).Missing[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_predictions_file_gives_no_numbers()
    {
        var report = runs.Report("one", [], run =>
        {
            run.Save(ReportedRuns.TenImages());
            run.Finish();
            File.AppendAllText(run.PathOf("predictions.csv"), "z,,,0,.1,.9,.1\n");
        });

        Assert.Null(report.Evaluation);
        Assert.Contains(report.Missing, sentence => sentence.Contains("is not the file that the run saved", StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_with_any_byte_overwritten_has_a_report()
    {
        var run = runs.Store.Create("one", ReportedRuns.Settings(("document", 1), ("data", "xray-25"), ("epochs", 2)));
        run.Save("model.safetensors", path => File.WriteAllText(path, "x"));
        run.Finish();
        byte[] replacements = [0, (byte)'"', (byte)'{', (byte)'9', 0xFF];
        var whole = File.ReadAllBytes(run.PathOf("run.json"));
        for (var position = 0; position < whole.Length; position++)
        {
            var broken = (byte[])whole.Clone();
            broken[position] = replacements[position % replacements.Length];
            File.WriteAllBytes(run.PathOf("run.json"), broken);
            Assert.Contains("TRIPOD", ReportedRuns.Report(Assert.Single(runs.Store.List())).ToHtmlPage(), StringComparison.Ordinal);
        }

        File.WriteAllText(
            run.PathOf("run.json"), System.Text.Encoding.UTF8.GetString(whole).Replace("\"sha256\"", "\"sha\"", StringComparison.Ordinal));
        Assert.Contains("model.safetensors", ReportedRuns.Report(Assert.Single(runs.Store.List())).ToPlainText(), StringComparison.Ordinal);
        File.Delete(run.PathOf("run.json"));
        Assert.Contains("cannot be read", ReportedRuns.Report(Assert.Single(runs.Store.List())).ToPlainText(), StringComparison.Ordinal);
    }
}
