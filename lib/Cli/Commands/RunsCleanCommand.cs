using System.CommandLine;
using CovidNotebooks.Display;
using CovidNotebooks.Runs;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit runs clean</c>: removes the folders of runs that came to nothing.</summary>
internal static class RunsCleanCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var yes = new Option<bool>("--yes") { Description = "Remove them. Without it they are named only." };
        var clean = new Command(
            "clean",
            "Remove runs of runs/ that came to nothing: "
                + "interrupted without a checkpoint, failed before their first epoch, empty folders.")
        {
            yes,
        };
        clean.SetAction(result => Clean(new RunStore(checkout.Runs, clock), result.GetValue(yes), console.Profile.Out.Writer));
        return clean;
    }

    private static int Clean(RunStore store, bool remove, TextWriter output)
    {
        var found = RunCleaning.Find(store);
        foreach (var run in found)
        {
            output.WriteLine(run.Id);
            output.WriteLine($"    {run.Reason}");
        }

        if (found.Count == 0)
        {
            output.WriteLine("Nothing to remove: every run in runs/ came to something.");
            return 0;
        }

        var counted = DisplayedNumber.Counted(found.Count, "folder", "folders");
        if (!remove)
        {
            output.WriteLine($"{counted}, nothing was removed. './kit runs clean --yes' removes {(found.Count == 1 ? "it" : "them")}.");
            return 0;
        }

        var left = RunCleaning.Remove(found);
        left.ToList().ForEach(output.WriteLine);
        output.WriteLine($"{DisplayedNumber.Counted(found.Count - left.Count, "folder was", "folders were")} removed.");
        return left.Count == 0 ? 0 : 1;
    }
}
