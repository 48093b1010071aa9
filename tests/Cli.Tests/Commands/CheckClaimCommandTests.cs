using System.Text.Json;
using CovidNotebooks.Cli.Commands;
using Spectre.Console;

namespace Tests.Cli.Commands;

public class CheckClaimCommandTests
{
    [Fact]
    public void Document_2_has_one_matrix()
    {
        var (exitCode, text) = Kit("--n", "148", "--positives", "79", "--accuracy", "0.7702", "--precision", "0.8358", "--recall",
            "0.7088");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("Only one matrix of 148 images, 79 of them positive gives these numbers: [[58, 11], [23, 56]].", text,
            StringComparison.Ordinal);
        Assert.Contains("[0.601, 0.797]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is the balanced accuracy", "--n", "800", "--positives", "300", "--auc", "0.903", "--matrix", "471,29,41,259")]
    [InlineData("FN is 48 instead of 18", "--n", "624", "--positives", "390", "--accuracy", "0.81", "--matrix", "[[163, 71], [18, 342]]")]
    [InlineData("the rows are swapped", "--n", "148", "--positives", "69", "--matrix", "35,34,45,34")]
    [InlineData("No matrix of 148 images", "--n", "148", "--accuracy", "0.7705")]
    [InlineData("3 classes", "--matrix", "8,1,1,1,8,1,1,1,8", "--accuracy", "80%")]
    public void Whatever_is_found_the_check_has_run(string found, params string[] arguments)
    {
        var (exitCode, text) = Kit(arguments);
        Assert.Equal(0, exitCode);
        Assert.Contains(found, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The number of images is missing", "--accuracy", "0.9")]
    [InlineData("--n is 'many'", "--n", "many", "--accuracy", "0.9")]
    [InlineData("expected 1 to", "--n", "0", "--accuracy", "0.9")]
    [InlineData("expected 0 to 10", "--n", "10", "--positives", "11", "--accuracy", "0.9")]
    [InlineData("above 1", "--n", "10", "--accuracy", "91.25")]
    [InlineData("digits as printed", "--n", "10", "--accuracy", "good")]
    [InlineData("three counts", "--n", "10", "--matrix", "1,2,x")]
    [InlineData("The matrix has 3 counts", "--n", "10", "--matrix", "1,2,3")]
    [InlineData("nothing to check", "--n", "10")]
    [InlineData("", "--n", "10", "--accurracy", "0.9")]
    public void Bad_input_ends_with_2(string message, params string[] arguments)
    {
        var (exitCode, text) = Kit(arguments);
        Assert.NotEqual(0, exitCode);
        Assert.True(exitCode == 2 || message.Length == 0, text);
        Assert.Contains(message is "three counts" ? "--matrix is 'x'" : message, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_json_however_narrow_the_terminal()
    {
        var (exitCode, text) = Kit("--n", "148", "--accuracy", "0.7702", "--sensitivity", "0.7088", "--precision", "0.8358", "--json");
        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(1, json.RootElement.GetProperty("count").GetInt32());
        Assert.Equal(56, json.RootElement.GetProperty("matrices")[0][1][1].GetInt32());
        Assert.Equal(148, json.RootElement.GetProperty("n").GetInt32());
    }

    private static (int ExitCode, string Text) Kit(params string[] arguments)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer)
        });
        console.Profile.Width = 400;
        var exitCode = CheckClaimCommand.Create(console).Parse(arguments)
            .Invoke(new System.CommandLine.InvocationConfiguration { Output = writer, Error = writer });
        return (exitCode, writer.ToString());
    }
}
