using System.CommandLine;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit runs results</c>: the tables of both READMEs, from the runs behind the committed notebooks.</summary>
internal static class RunsResultsCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var write = new Option<bool>("--write")
        {
            Description = "Put the short table into README.md and the long ones into data/published-runs/README.md.",
        };
        var results = new Command("results", "Set the documents' numbers beside those of the published runs, as Markdown.") { write };
        results.SetAction(result =>
        {
            var found = DocumentResults.Of(RunStore.Published(checkout.PublishedRuns, clock).SelectMany(store => store.List()));
            foreach (var problem in found.Problems)
            {
                console.MarkupLineInterpolated($"[yellow](!)[/] {problem}");
            }

            if (!result.GetValue(write))
            {
                // Not through the console, which would break the lines of a table.
                console.Profile.Out.Writer.Write($"{found.ToSummaryMarkdown()}\n{found.ToMarkdown()}");
                return 0;
            }

            try
            {
                foreach (var (path, tables) in ReadmeResults.Of(checkout, found))
                {
                    var name = Path.GetRelativePath(checkout.Root, path);
                    console.WriteLine(
                        ReadmeResults.Write(path, tables) ? $"{name} holds the new tables." : $"{name} holds these tables already.");
                }

                return 0;
            }
            catch (RunRequestException problem)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return results;
    }
}
