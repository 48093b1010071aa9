using System.CommandLine;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class RunsCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("runs-command-test-");
    private readonly StoppedClock clock = new();

    private Checkout Checkout => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Runs_made_here_and_published_ones_are_listed_with_their_results()
    {
        Store("published", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        PublishedRuns.Keep(Checkout, "05-cnn", DateTimeOffset.UtcNow.AddMinutes(-1));
        Directory.Delete(Checkout.Runs, recursive: true);
        Store("here", epochs: 1, ("x", 1, .9), ("y", 0, .8));

        var (exitCode, text) = Kit("list");

        Assert.Equal(0, exitCode);
        Assert.Contains("runs/: 1 run", text, StringComparison.Ordinal);
        Assert.Contains("data/published-runs/05-cnn/: 1 run", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^20210304-050607-here\s+finished, not audited\s+0.500 ", text);
        Assert.Matches(@"(?m)^20210304-050607-published\s+finished, not audited\s+1.000 ", text);
        Assert.DoesNotContain("(!)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_runs_are_set_beside_the_documents_and_written_into_the_readme()
    {
        Store("05-as-published", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        PublishedRuns.Keep(Checkout, "05-cnn", DateTimeOffset.UtcNow.AddMinutes(-1));
        foreach (var readme in new[] { Checkout.Readme, Checkout.PublishedReadme })
        {
            File.WriteAllText(readme, $"{ReadmeResults.Begin}\n{ReadmeResults.End}\n");
        }

        var (exitCode, text) = Kit("results");

        Assert.Equal(0, exitCode);
        Assert.Contains("| 5 | – | – | – | – | – | no run as published is stored |", text, StringComparison.Ordinal);
        Assert.Contains("| – | 05-as-published | 2 | 1.000 |", text, StringComparison.Ordinal);
        Assert.Equal(2, Kit("results", "--write").Text.Split("new tables").Length - 1);
        Assert.Equal(2, Kit("results", "--write").Text.Split("already").Length - 1);
        Assert.Equal(text, $"{ReadmeResults.Read(Checkout.Readme)}\n{ReadmeResults.Read(Checkout.PublishedReadme)}");
        File.Delete(Checkout.PublishedReadme);
        Refused(Path.Combine("published-runs", "README.md"), "results", "--write");
    }

    [Fact]
    public void A_folder_without_runs_says_how_to_make_one()
    {
        var (exitCode, text) = Kit("list");

        Assert.Equal(0, exitCode);
        Assert.Contains("./kit run NOTEBOOK", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_shown_with_its_settings_epochs_and_broken_files()
    {
        Store("here", epochs: 7, ("x", 1, .9), ("y", 0, .8));
        File.AppendAllText(Path.Combine(Checkout.Runs, "20210304-050607-here", "metrics.jsonl"), "{torn");

        var (exitCode, text) = Kit("show", "20210304-050607-h");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"\[settings\]\s+epochs +7", text);
        Assert.Matches("metrics.accuracy +0.5", text);
        Assert.Matches("audit +not audited", text);
        Assert.Matches("problem .*torn", text);
        Assert.Matches(@"step +loss +learning_rate\s+1 +0.7500 +1e-05", text);
        Assert.Contains("Folder: runs/20210304-050607-here", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_compared_setting_by_setting_and_image_by_image()
    {
        Store("one", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        Store("two", epochs: 1, ("x", 1, .9), ("y", 0, .8));
        Store("other", epochs: 1, ("z", 1, .9), ("y", 0, .8));

        var (exitCode, text) = Kit("compare", "20210304-050607-one", "runs/20210304-050607-two/", "20210304-050607-other");

        Assert.Equal(0, exitCode);
        Assert.Contains("B: 20210304-050607-two", text, StringComparison.Ordinal);
        Assert.Matches("audit +│ +not audited │ +not audited │ +not audited │", text);
        Assert.Matches("params.epochs +│ +20 │ +1 │ +1 │", text);
        Assert.Matches("metrics.accuracy +│ +1 │ +0.5000 │ +0.5000 │", text);
        Assert.Contains("share are not shown: seed.", text, StringComparison.Ordinal);
        Assert.Contains("right by A only: 1; by B only: 0; both: 1; neither: 0", text, StringComparison.Ordinal);
        Assert.Contains("No paired tests of A and C: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_names_no_run_or_several_is_refused_with_the_names_that_there_are()
    {
        Refused("No run is stored yet", "show", "anything");
        Store("one", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        Store("two", epochs: 1, ("x", 1, .9), ("y", 0, .8));
        Refused("The newest are:\n20210304-050607-two\n20210304-050607-one", "show", "anything");
        Refused("of 2 runs. Give more of one of these:\n20210304-050607-two\n20210304-050607-one", "show", "2021");
        Refused("There is no run nothing", "compare", "20210304-050607-one", "nothing");
        Refused("Name two different runs", "compare", "20210304-050607-one", "20210304-050607-o");
    }

    [Fact]
    public void A_report_is_written_into_the_runs_folder_and_the_paths_are_printed()
    {
        Store("here", epochs: 7, ("x", 1, .9), ("y", 0, .8));

        var (exitCode, text) = Kit("report", "20210304-050607-h");

        Assert.Equal(0, exitCode);
        var own = Path.Combine(Checkout.Runs, "20210304-050607-here");
        Assert.Contains(Path.Combine(own, "report.html"), text, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(own, "report.md"), text, StringComparison.Ordinal);
        Assert.Contains("accuracy 0.500 [0.095, 0.905]", File.ReadAllText(Path.Combine(own, "report.html")), StringComparison.Ordinal);
        Assert.StartsWith("# Run report: here\n", File.ReadAllText(Path.Combine(own, "report.md")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(own, ".*.tmp"));
        Assert.DoesNotContain("(!)", Kit("list").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_a_published_run_leaves_its_folder_as_it_is()
    {
        Store("published", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        PublishedRuns.Keep(Checkout, "05-cnn", DateTimeOffset.UtcNow.AddMinutes(-1));
        Directory.Delete(Checkout.Runs, recursive: true);
        var committed = Path.Combine(Checkout.Data, "published-runs", "05-cnn", "20210304-050607-published");
        var files = Directory.GetFiles(committed);

        Assert.Equal(0, Kit("report", "20210304-050607-published").ExitCode);
        Assert.Equal(files, Directory.GetFiles(committed));
        Assert.True(File.Exists(Path.Combine(Checkout.Runs, "reports", "20210304-050607-published", "report.html")));
        var (exitCode, text) = Kit("list");
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("runs/: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_goes_where_output_says_and_tells_what_is_missing()
    {
        Store("here", epochs: 7, ("x", 1, .9), ("y", 0, .8));
        File.Delete(Path.Combine(Checkout.Runs, "20210304-050607-here", "predictions.csv"));
        var target = Path.Combine(Checkout.Root, "else where");

        var (exitCode, text) = Kit("report", "20210304-050607-here", "--output", target);

        Assert.Equal(1, exitCode);
        Assert.Contains("The run is damaged", text, StringComparison.Ordinal);
        Assert.Contains("(!) predictions.csv is missing.", text, StringComparison.Ordinal);
        Assert.Equal(["report.html", "report.md"], Directory.GetFiles(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        File.WriteAllText(Path.Combine(Checkout.Root, "file"), "");
        (exitCode, text) = Kit("report", "20210304-050607-here", "--output", Path.Combine(Checkout.Root, "file"));
        Assert.Equal(1, exitCode);
        Assert.Contains("--output DIR", text, StringComparison.Ordinal);
        Refused("There is no run nothing", "report", "nothing");
    }

    [Fact]
    public void A_run_is_found_by_its_name_without_the_date_where_only_one_has_it()
    {
        Store("one", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        Store("one-more", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        Assert.Contains("Run 20210304-050607-one\n", Kit("show", "one").Text, StringComparison.Ordinal);
        Assert.Contains("Run 20210304-050607-one-more\n", Kit("show", "one-m").Text, StringComparison.Ordinal);
        Refused("20210304-050607-one-more\n20210304-050607-one", "show", "on");
    }

    [Fact]
    public void Every_line_fits_80_columns_and_no_name_is_broken()
    {
        var name = string.Concat(Enumerable.Repeat("a-long-name-", 5)).TrimEnd('-');
        Store(name, epochs: 20, ("x", 1, .9), ("y", 0, .2));
        Store("other", epochs: 1, ("x", 1, .9), ("y", 0, .8));
        using (var run = new RunStore(Checkout.Runs, clock).Create("many", new Dictionary<string, object?>(StringComparer.Ordinal)))
        {
            run.LogMetrics(1, Enumerable.Range(0, 12).ToDictionary(i => $"validation_metric_{i}", i => i / 7.0, StringComparer.Ordinal));
            run.Finish();
        }

        foreach (var call in new[] { ["list"], ["show", "many"], ["show", name], (string[])["compare", name, "other"] })
        {
            var (exitCode, text) = Kit(80, call);
            Assert.Equal(0, exitCode);
            Assert.All(
                text.Split('\n'),
                line => Assert.True(line.TrimEnd().Length <= 80 || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
            Assert.Contains(
                call[^1] is "other" or "many" ? $"20210304-050607-{call[^1]}" : $"20210304-050607-{name}", text, StringComparison.Ordinal);
        }

        Assert.Contains("validation_metric_11", Kit(80, "show", "many").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dead_runs_are_named_first_and_removed_on_yes()
    {
        Assert.Contains("Nothing to remove", Kit("clean").Text, StringComparison.Ordinal);
        Store("good", epochs: 20, ("x", 1, .9), ("y", 0, .2));
        Directory.CreateDirectory(Path.Combine(Checkout.Runs, "20210304-050607-empty"));
        using (var run = new RunStore(Checkout.Runs, clock).Create("early", new Dictionary<string, object?>(StringComparer.Ordinal)))
        {
            run.Fail("no images");
        }

        var (exitCode, text) = Kit("clean");
        Assert.Equal(0, exitCode);
        Assert.Contains(
            "20210304-050607-early\n    It failed before its first epoch: no images\n20210304-050607-empty\n    It is an empty "
                + "folder.\n2 folders, nothing was removed.",
            text,
            StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetDirectories(Checkout.Runs).Length);
        Assert.Contains("2 folders were removed.", Kit("clean", "--yes").Text, StringComparison.Ordinal);
        Assert.Equal("20210304-050607-good", Path.GetFileName(Assert.Single(Directory.GetDirectories(Checkout.Runs))));
    }

    private void Refused(string why, params string[] arguments)
    {
        var (exitCode, text) = Kit(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(why, text, StringComparison.Ordinal);
    }

    private (int ExitCode, string Text) Kit(params string[] arguments) => Kit(400, arguments);

    private (int ExitCode, string Text) Kit(int width, params string[] arguments)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(written),
            });
        console.Profile.Width = width;
        var root = new RootCommand { RunsCommand.Create(Checkout, console, clock) };
        return (root.Parse(["runs", .. arguments]).Invoke(), written.ToString());
    }

    private void Store(string name, int epochs, params (string Id, int Label, double Score)[] answers)
    {
        using var run = new RunStore(Checkout.Runs, clock).Create(
            name, new Dictionary<string, object?>(StringComparer.Ordinal) { ["epochs"] = epochs, ["seed"] = 1 });
        run.LogMetrics(1, new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = .75, ["learning_rate"] = 1e-5 });
        run.Save(
            new Predictions(
                ["n", "p"],
                [.. answers.Select(item => new Prediction(item.Id, null, null, item.Label, [1 - item.Score, item.Score], .1))]));
        run.SetResults(
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["accuracy"] = answers.Average(item => item.Label == (item.Score > .5 ? 1 : 0) ? 1.0 : 0),
            });
        run.Finish();
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2021, 3, 4, 5, 6, 7, TimeSpan.Zero);
    }
}
