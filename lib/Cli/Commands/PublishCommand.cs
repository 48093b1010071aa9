using System.CommandLine;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit publish</c>: the copy of a saved notebook that others may read, whichever kernel ran it.</summary>
internal static class PublishCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console)
    {
        var notebook = new Argument<string>("notebook")
        {
            Description = "A notebook that was run and saved, by the kit, Jupyter or VS Code.",
        };
        var output = new Option<string?>("--output")
        {
            Description = "Where the copy goes. Default: runs/published/, under the notebook's name.",
        };
        var command = new Command(
            "publish",
                "Write a saved notebook for publication without running it: "
                + "no plotly.js, no address or folder of this machine, no picture of a patient.")
        {
            notebook,
            output,
        };
        command.SetAction(result =>
        {
            try
            {
                var path = Path.GetFullPath(result.GetValue(notebook)!);
                var target = Path.GetFullPath(
                    result.GetValue(output) ?? Path.Combine(checkout.Runs, "published", Path.GetFileName(path)));
                if (string.Equals(path, target, StringComparison.Ordinal))
                {
                    console.WriteLine(
                        $"{target} is the notebook itself: a copy is written beside it, never over it. "
                            + "Name another file with --output FILE.");
                    return 2;
                }

                var options = new PublishOptions
                {
                    Path = target,
                    ForbiddenStrings = [.. RunPlan.PlacesOfThisMachine(checkout, [Path.GetDirectoryName(path)])],
                };
                var saved = NotebookFile.Read(path);
                if (!saved.Cells.Any(cell => cell is { Kind: CellKind.Code, Outputs.Count: > 0 }))
                {
                    console.WriteLine($"{path} holds no outputs: there is nothing to publish. Run it first, and save it.");
                    return 2;
                }

                var copy = Publisher.Publish(saved, options);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                copy.Save(target);
                console.WriteLine(target);
                return 0;
            }
            catch (NotebookException problem)
            {
                console.WriteLine(problem.Message);
                return 2;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                console.WriteLine($"The copy cannot be written: {problem.Message} Name another file with --output FILE.");
                return 1;
            }
        });
        return command;
    }
}
