using CovidNotebooks.Audit;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class PredictCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("predict-command-test-");

    private Checkout Checkout => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_run_is_asked_about_a_folder_and_its_answers_are_written()
    {
        var id = Trained();
        var asked = PhantomFolder.NewPictures(folder.FullName, classes: 2, count: 2, size: 32);

        var (exitCode, text) = Kit(id, asked);

        Assert.Equal(0, exitCode);
        Assert.Contains("2 pictures:", text, StringComparison.Ordinal);
        Assert.Contains("never for diagnosis", text, StringComparison.Ordinal);
        var (csv, html) = (
            Path.Combine(Checkout.Runs, "predictions", id + ".csv"), Path.Combine(Checkout.Runs, "predictions", id + ".html"));
        Assert.Equal(3, File.ReadAllLines(csv).Length);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(html), StringComparison.Ordinal);

        var (there, page) = (Path.Combine(folder.FullName, "a", "b.csv"), Path.Combine(folder.FullName, "a", "b.html"));
        File.WriteAllText(Path.Combine(asked, "cut.png"), "no picture");
        Assert.Equal(
            1, Kit(Path.Combine(Checkout.Runs, id), asked, Path.Combine(asked, "new-01.jpeg"), "--csv", there, "--html", page).ExitCode);
        Assert.Equal(4, File.ReadAllLines(there).Length);
        Assert.True(File.Exists(page));
    }

    [Fact]
    public void What_cannot_be_asked_is_told()
    {
        Assert.Contains("There is no run nothing", Kit("nothing", folder.FullName).Text, StringComparison.Ordinal);
        var id = Trained();
        Assert.Contains("There is no picture in", Kit(id, folder.CreateSubdirectory("empty").FullName).Text, StringComparison.Ordinal);
        File.Delete(Path.Combine(Checkout.Runs, id, "model.json"));
        var (exitCode, text) = Kit(id, folder.FullName);
        Assert.Equal(2, exitCode);
        Assert.Contains("keeps no model.json", text, StringComparison.Ordinal);
    }

    private string Trained()
    {
        var parts = PhantomFolder.Open(folder.FullName, 2, perClass: 12, size: 32).Cut(seed: 1);
        ImageLoader Loader(string part) => new(parts[part], new LoaderOptions { Width = 32, Height = 32, BatchSize = 8 });
        using var model = new SmallCnn(2, seed: 1);
        using var experiment = Experiment.Begin(new RunStore(Checkout.Runs), "small", "small", DataAudit.Skipped("a test"), parts);
        experiment.Fit(model, Loader("train"), Loader("val"), new TrainerOptions { Epochs = 1 });
        experiment.Conclude(model, Loader("val"), Loader("test"));
        return experiment.Id;
    }

    private (int ExitCode, string Text) Kit(params string[] arguments)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(output),
            });
        console.Profile.Width = 1000;
        var exitCode = PredictCommand.Create(Checkout, console, TimeProvider.System).Parse(arguments).Invoke();
        return (exitCode, output.ToString());
    }
}
