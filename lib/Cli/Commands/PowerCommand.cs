using System.CommandLine;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit power</c>: what a test set can show, from the answers of a run or from the images of a folder.</summary>
internal static class PowerCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var what = new Argument<string>("run or folder")
        {
            Description = "A run, by the name of its folder or the beginning of it; or a "
                + "set ('./kit data list' names all) or a folder of test images, one folder a class."
        };
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the image sets. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        var share = new Option<double?>("--share")
        {
            Description = "The share of right answers to expect, between 0 and 1. Default: the run's own; 0.8 for a folder."
        };
        var correlation = new Option<double?>("--correlation")
        {
            Description = "How alike the answers about images of one group are, 0 to 1 (0.3: fairly alike). "
                + "Default: estimated from a run; 0.3 for a folder.",
        };
        var disagreement = new Option<double?>("--disagreement")
        {
            Description = "The share of images about which two models differ, between 0 and 1. Default: 0.2."
        };
        var command = new Command("power",
            "Say what a test set can show: images and groups, how many images count, how wide an interval will be, the smallest "
                + "difference that would be seen, how many patients ± .05 would take.")
        {
            what, data, share, correlation, disagreement,
        };
        command.SetAction(result =>
        {
            try
            {
                var usual = new PowerOptions();
                var options = usual with
                {
                    ExpectedShare = result.GetValue(share) ?? usual.ExpectedShare,
                    WithinGroupCorrelation = result.GetValue(correlation) ?? usual.WithinGroupCorrelation,
                    Disagreement = result.GetValue(disagreement) ?? usual.Disagreement,
                };
                options.Validate();
                var named = result.GetValue(what)!;
                var assumed = result.GetValue(share) is not null || result.GetValue(correlation) is not null;
                var (power, note) = Power(checkout, clock, named, result.GetValue(data), options, assumed);
                console.Profile.Out.Writer.WriteLine(power.ToPlainText() + note);
                return 0;
            }
            catch (Exception problem)
                when (problem is RunRequestException or DataException or ArgumentException or UndefinedMetricException
                    or IOException or InvalidDataException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    private static (TestSetPower Power, string Note) Power(Checkout checkout, TimeProvider clock, string named, string? data,
        PowerOptions options, bool assumed)
    {
        var isRun = Directory.Exists(named) ? File.Exists(Path.Combine(named, "run.json"))
            : !DataShowCommand.IsSet(named);
        if (!isRun)
        {
            // A set of one part is taken whole.
            var sets = DataShowCommand.Open(named, DataCommand.Folder(data, checkout), checkout, seed: 0).Sets;
            var test = sets.Find("test") ?? sets.Parts[^1].Dataset;
            var unknown = test.Images.Count(image => image.Group is null);
            return (TestSetPower.Of(test, options), $"{test.Name}: groups unknown for {unknown} of {test.Count} images.");
        }

        var run = new RunCatalogue(checkout, clock).Find(named);
        var predictions = run.LoadPredictions();
        var groups = predictions.Items.Select(item => item.Group).ToArray();
        return (
            assumed ? TestSetPower.Of(groups, options) : TestSetPower.Of(DecisionRule.Of(predictions, run).Apply(predictions), options),
            $"{run.Id}: groups unknown for {groups.Count(group => group is null)} of {groups.Length} images.");
    }
}
