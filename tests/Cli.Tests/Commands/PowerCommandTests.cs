using System.CommandLine;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class PowerCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("power-command-test-");

    private Checkout Checkout => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_run_tells_its_own_accuracy_and_how_alike_a_patients_images_are()
    {
        Store(120, i => $"p{i / 3}");

        var (exitCode, text) = Kit("answered");

        // Whole patients are right or wrong: 120 images of 40 patients count for 40.
        Assert.Equal(0, exitCode);
        Assert.Matches("images +120", text);
        Assert.Matches("groups +40", text);
        Assert.Contains("1.00, estimated", text, StringComparison.Ordinal);
        Assert.Matches(@"images that count +40 \(design effect 3\.00\)", text);
        Assert.Contains("interval of an accuracy of 0.75", text, StringComparison.Ordinal);
        Assert.Contains("groups unknown for 0 of 120 images", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_assumed_replaces_what_the_run_tells()
    {
        Store(120, i => $"p{i / 3}");

        var (exitCode, text) = Kit("answered", "--correlation", "0.5", "--share", "0.9", "--disagreement", "0.4");

        Assert.Equal(0, exitCode);
        Assert.Contains("0.50, assumed", text, StringComparison.Ordinal);
        Assert.Contains("interval of an accuracy of 0.90", text, StringComparison.Ordinal);
        Assert.Contains("40 % of the images", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_a_run_without_a_group_are_counted()
    {
        Store(60, i => i < 20 ? null : $"p{i / 2}");

        Assert.Matches("groups unknown +for 20 images", Kit("answered").Text);
        Assert.Contains("groups unknown for 20 of 60 images", Kit("answered").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_has_no_groups_and_says_so()
    {
        var drawn = Phantoms.Create(folder.FullName, new PhantomOptions { Size = 16, TrainPerClass = 3, TestPerClass = 8 })["train"].Root;

        var (exitCode, text) = Kit(drawn);

        // The part named test, not the whole folder.
        Assert.Equal(0, exitCode);
        Assert.Matches("images +16", text);
        Assert.Contains("groups unknown", text, StringComparison.Ordinal);
        Assert.Contains("interval of an accuracy of 0.80", text, StringComparison.Ordinal);
        Assert.Matches("images +6", Kit(Path.Combine(drawn, "train")).Text);
    }

    [Fact]
    public void A_set_is_asked_for_by_its_name()
    {
        var (exitCode, text) = Kit("phantoms");
        Assert.Equal(0, exitCode);
        Assert.Matches("images +[0-9]+", text);

        (exitCode, text) = Kit("covid-ct", "--data", folder.FullName);
        Assert.Equal(2, exitCode);
        Assert.Contains("is not in the data folder", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-of-that-name")]
    [InlineData("answered", "--share", "1")]
    [InlineData("answered", "--correlation", "1.5")]
    [InlineData("answered", "--disagreement", "0")]
    public void What_cannot_be_asked_is_refused(params string[] arguments)
    {
        Store(12, _ => null);

        var (exitCode, text) = Kit(arguments);

        Assert.Equal(2, exitCode);
        Assert.NotEmpty(text.Trim());
    }

    private void Store(int images, Func<int, string?> group)
    {
        using var run = new RunStore(Checkout.Runs, TimeProvider.System).Create(
            "answered", new Dictionary<string, object?>(StringComparer.Ordinal));
        run.Save(new Predictions(["n", "p"], [.. Enumerable.Range(0, images).Select(i =>
        {
            var (patient, label) = (i / 3, i / 3 % 2);
            var says = patient % 4 == 0 ? 1 - label : label;
            return new Prediction($"i{i:D3}", group(i), null, label, says == 1 ? [.2, .8] : [.8, .2], .1);
        })]));
        run.Finish();
    }

    private (int ExitCode, string Text) Kit(params string[] arguments)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(written),
            });
        console.Profile.Width = 1000;
        using var errors = new StringWriter();
        var name = arguments[0] == "answered" && Directory.Exists(Checkout.Runs)
            ? Path.GetFileName(Directory.GetDirectories(Checkout.Runs).Single(run => run.EndsWith("answered", StringComparison.Ordinal)))
            : arguments[0];
        var root = new RootCommand { PowerCommand.Create(Checkout, console, TimeProvider.System) };
        return (
            root.Parse(["power", name, .. arguments[1..]]).Invoke(new InvocationConfiguration { Output = errors, Error = errors }),
            written.ToString() + errors);
    }
}
