using System.CommandLine;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Data;
using CovidNotebooks.Inference;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Runs;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit predict</c>: a stored model's answers about pictures, as CSV and as a page with the pictures.</summary>
internal static class PredictCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var run = new Argument<string>("run")
        {
            Description = "The run whose model is asked: its folder, the folder's name, or the beginning of the name.",
        };
        var paths = new Argument<string[]>("path")
        {
            Description = "Pictures, or folders of pictures; folders are taken with all below them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var csv = new Option<string?>("--csv") { Description = "Where the table goes. Default: runs/predictions/RUN.csv." };
        var html = new Option<string?>("--html")
        {
            Description = "Where the page with the pictures goes. Default: runs/predictions/RUN.html.",
        };
        var data = new Option<string?>("--data")
        {
            Description =
                "The data folder, for a run that keeps the head of a pretrained network only. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        var command = new Command(
            "predict",
                "Ask the model of a stored run about pictures: class, score, calibrated score, threshold. For research and teaching, "
                + "never for diagnosis. Ends with 1 if a file cannot be read.")
        {
            run, paths, csv, html, data,
        };
        command.SetAction(result =>
        {
            try
            {
                var record = Find(result.GetValue(run)!, checkout, clock);
                using var classifier = Classifier.Load(
                    record, new ClassifierOptions { Data = DataCommand.Folder(result.GetValue(data), checkout) });
                var answers = classifier.Predict(result.GetValue(paths)!);
                console.Profile.Out.Writer.WriteLine(answers.ToPlainText());
                var folder = Path.Combine(checkout.Runs, "predictions");
                Write(result.GetValue(csv) ?? Path.Combine(folder, record.Id + ".csv"), answers.ToCsv(), console);
                Write(result.GetValue(html) ?? Path.Combine(folder, record.Id + ".html"), answers.ToHtmlPage(), console);
                return answers.Unread.Count == 0 ? 0 : 1;
            }
            catch (Exception problem) when (
                problem is RunRequestException or DataException or WeightsException or IOException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    /// <summary>A run's folder, wherever it lies, or a run of the checkout by its name.</summary>
    private static RunRecord Find(string named, Checkout checkout, TimeProvider clock)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(named));
        return File.Exists(Path.Combine(folder, "run.json"))
            ? new RunStore(Path.GetDirectoryName(folder)!, clock).Load(Path.GetFileName(folder))
            : new RunCatalogue(checkout, clock).Find(named);
    }

    private static void Write(string path, string text, IAnsiConsole console)
    {
        var full = Path.GetFullPath(path);
        WholeFile.Write(full, text);
        console.Profile.Out.Writer.WriteLine(full);
    }
}
