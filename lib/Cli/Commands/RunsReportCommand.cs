using System.CommandLine;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Recording;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit runs report</c>: the report of one run, as HTML and as Markdown.</summary>
internal static class RunsReportCommand
{
    private const string HtmlName = "report.html";
    private const string MarkdownName = "report.md";

    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var one = new Argument<string>("run") { Description = RunsCommand.OneRun };
        var output = new Option<string?>("--output")
        {
            Description = "The folder for the two files. Default: the run's own; runs/reports/RUN for a published run.",
        };
        var report = new Command(
            "report",
            $"Write a run's report: data, audit, settings, results with intervals, limits, TRIPOD+AI items; as {HtmlName} and "
                + $"{MarkdownName}.")
        {
            one, output,
        };
        report.SetAction(result =>
        {
            try
            {
                var run = new RunCatalogue(checkout, clock).Find(result.GetValue(one)!);
                Write(run, result.GetValue(output) is { } named ? Path.GetFullPath(named) : DefaultFolder(run, checkout), console);
                if (run.Problems.Count == 0)
                {
                    return 0;
                }

                console.MarkupLineInterpolated(
                    $"[red]The run is damaged ({run.Problems.Count} of its files or lines, named above), so its report is not whole.[/]");
                return 1;
            }
            catch (RunRequestException problem)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated(
                    $"[red]The report cannot be written: {problem.Message}[/] Name another folder with --output DIR.");
                return 1;
            }
        });
        return report;
    }

    /// <summary>The run's own folder; a published run's is committed and stays as it is.</summary>
    private static string DefaultFolder(RunRecord run, Checkout checkout) =>
        string.Equals(Path.GetDirectoryName(run.Folder), Path.GetFullPath(checkout.Runs), StringComparison.Ordinal) ? run.Folder
        : Path.Combine(checkout.Runs, "reports", run.Id);

    private static void Write(RunRecord run, string folder, IAnsiConsole console)
    {
        var report = RunReport.Of(run);
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, HtmlName), report.ToHtmlPage());
        WholeFile.Write(Path.Combine(folder, MarkdownName), report.ToMarkdown());
        foreach (var sentence in report.Missing)
        {
            console.MarkupLineInterpolated($"[yellow](!)[/] {sentence}");
        }

        console.WriteLine(Path.Combine(folder, HtmlName));
        console.WriteLine(Path.Combine(folder, MarkdownName));
    }
}
