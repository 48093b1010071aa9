using System.CommandLine;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Data;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class DataShowCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("data-show-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Phantoms_are_counted_in_the_terminal_and_shown_in_a_page()
    {
        var (exitCode, text) = Kit("show", "phantoms", "--per-class", "2");

        Assert.Equal(0, exitCode);
        Assert.Matches("images +150 +150 +300", text);
        Assert.Contains("show nobody", text, StringComparison.Ordinal);
        var page = Path.Combine(folder.FullName, "runs", "data", "phantoms.html");
        Assert.Contains(page, text, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_your_own_is_shown_with_the_warning_about_its_pictures()
    {
        var drawn = Phantoms.Create(folder.FullName, new PhantomOptions { Size = 16, TrainPerClass = 3, TestPerClass = 2 })["train"].Root;
        var target = Path.Combine(folder.FullName, "pages");

        var (exitCode, text) = Kit("show", drawn, "--output", target, "--document", "3");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"test +2 \(50 %\) +2 \(50 %\) +4", text);
        Assert.Contains("never commit or publish it", text, StringComparison.Ordinal);
        var page = File.ReadAllText(Assert.Single(Directory.GetFiles(target)));
        Assert.Contains("do not commit this page", page, StringComparison.Ordinal);
        Assert.Contains("random part of 0.5 to 1 of the area", page, StringComparison.Ordinal);

        (exitCode, text) = Kit("show", Path.Combine(drawn, "train"), "--output", target);
        Assert.Equal(0, exitCode);
        Assert.Matches("images +3 +3 +6", text);
    }

    [Fact]
    public void What_is_no_set_is_told()
    {
        var (exitCode, text) = Kit("show", "imagenet");
        Assert.Equal(2, exitCode);
        Assert.Contains("covid-ct", text, StringComparison.Ordinal);

        (exitCode, text) = Kit("show", "covid-ct", "--data", folder.FullName);
        Assert.Equal(2, exitCode);
        Assert.Contains("is not in the data folder", text, StringComparison.Ordinal);
        Assert.NotEqual(0, Kit("show", "phantoms", "--per-class", "0").ExitCode);
    }

    [Fact]
    public void Xray_25_is_made_from_metadata_and_two_folders()
    {
        var drawn = Phantoms.Create(folder.FullName, new PhantomOptions { Size = 16, TrainPerClass = 3, TestPerClass = 1 })["train"].Root;
        var metadata = Path.Combine(folder.FullName, "metadata.csv");
        File.WriteAllLines(
            metadata,
            [
                "patientid,finding,view,filename",
                "1,COVID-19,PA,phantom-00000.jpeg",
                "2,COVID-19,PA,phantom-00001.jpeg",
                "3,COVID-19,PA,none.jpeg",
            ]);
        var data = Path.Combine(folder.FullName, "sets");
        string[] sources =
        [
            "--metadata",
            metadata,
            "--images",
            Path.Combine(drawn, "train", "PNEUMONIA"),
            "--normals",
            Path.Combine(drawn, "train", "NORMAL"),
            "--data",
            data,
        ];

        var (exitCode, text) = Kit(["get", "xray-25", .. sources, "--count", "3"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("not there: none.jpeg", text, StringComparison.Ordinal);

        (exitCode, text) = Kit(["get", "xray-25", .. sources, "--count", "2"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("0 of the 2 covid images are among the 25", text, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(data, "xray-25", "normal")).Length);

        (exitCode, text) = Kit("get", "xray-25", "--metadata", metadata);
        Assert.Equal(2, exitCode);
        Assert.Contains("go together", text, StringComparison.Ordinal);
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
        var root = new RootCommand { DataCommand.Create(new Checkout(folder.FullName), console, TimeProvider.System) };
        return (
            root.Parse(["data", .. arguments]).Invoke(new InvocationConfiguration { Output = errors, Error = errors }), written.ToString());
    }
}
