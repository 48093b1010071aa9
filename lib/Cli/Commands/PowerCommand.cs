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
        var what = new Argument<string>("run or folder") { Description = "A run, by the name of its folder or the beginning of it; or a folder of test images, one folder a class." };
        var share = new Option<double?>("--share") { Description = "The share of right answers to expect, between 0 and 1. Default: the run's own; 0.8 for a folder." };
        var correlation = new Option<double?>("--correlation") { Description = "How alike the answers about images of one group are, 0 to 1. Default: estimated from a run; 0.3 for a folder." };
        var disagreement = new Option<double?>("--disagreement") { Description = "The share of images about which two models differ, between 0 and 1. Default: 0.2." };
        var command = new Command("power", "Say what a test set can show: images and groups, how many images count, how wide an interval will be, the smallest difference that would be seen, how many patients ± .05 would take.")
        {
            what, share, correlation, disagreement,
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
                console.Profile.Out.Writer.WriteLine(Power(checkout, clock, named, options, assumed).ToPlainText().TrimEnd());
                return 0;
            }
            catch (Exception problem) when (problem is RunRequestException or ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException or UndefinedMetricException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    private static TestSetPower Power(Checkout checkout, TimeProvider clock, string named, PowerOptions options, bool assumed)
    {
        if (Directory.Exists(named) && !File.Exists(Path.Combine(named, "run.json")))
        {
            return TestSetPower.Of([.. ImageDataset.FromFolders(named).Images.Select(image => image.Group)], options);
        }

        var run = new RunCatalogue(checkout, clock).Find(named);
        var predictions = run.LoadPredictions();
        return assumed
            ? TestSetPower.Of([.. predictions.Items.Select(item => item.Group)], options)
            : TestSetPower.Of(DecisionRule.Of(predictions, run).Apply(predictions), options);
    }
}
