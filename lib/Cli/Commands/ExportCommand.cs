using System.CommandLine;
using CovidNotebooks.Cli.Exporting;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Recording;
using CovidNotebooks.Reporting;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary>
/// <c>kit export</c>: a notebook with its outputs, or a run's report, as one page for people who have neither the kit nor a network.
/// </summary>
internal static class ExportCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var what = new Argument<string>("what") { Description = "A notebook's file (.ipynb), or the name of a run." };
        var html = new Option<string>("--html") { Description = "The page to write.", Required = true };
        var pictures = new Option<bool>("--with-pictures")
        {
            Description = "Keep the pictures of the image sets. Such a page shows patients: it is for this machine only.",
        };
        var command = new Command(
            "export", "Write a notebook or a run's report as one HTML page that needs nothing else; its charts stay interactive offline.")
        {
            what,
            html,
            pictures,
        };
        command.SetAction(result =>
        {
            var named = result.GetValue(what)!;
            try
            {
                var page = named.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)
                    ? NotebookPage.Of(NotebookFile.Read(named), Path.GetFileNameWithoutExtension(named), result.GetValue(pictures))
                    : RunReport.Of(new RunCatalogue(checkout, clock).Find(named)).ToHtmlPage();
                var target = Path.GetFullPath(result.GetValue(html)!);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                WholeFile.Write(target, page);
                console.WriteLine(target);
                return 0;
            }
            catch (Exception problem) when (problem is NotebookException or RunRequestException)
            {
                console.WriteLine(problem.Message);
                return 2;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                console.WriteLine($"The page cannot be written: {problem.Message} Name another file with --html FILE.");
                return 1;
            }
        });
        return command;
    }
}
