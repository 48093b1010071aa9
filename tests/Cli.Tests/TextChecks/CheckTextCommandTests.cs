using CovidNotebooks.Kernel.Files;

namespace Tests.Cli.TextChecks;

/// <summary>The verb, in a checkout that holds nothing.</summary>
public sealed class CheckTextCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("check-text-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_number_is_printed_with_its_source()
    {
        var (exitCode, text, _) = await Kit(Notebook("## Results\n\nThe accuracy is .785.", "accuracy 0.7852"));
        Assert.Equal(0, exitCode);
        Assert.Contains("results: .785 in “The accuracy is .785.” ← code: accuracy 0.7852", text, StringComparison.Ordinal);
        Assert.Contains("1 of 1 numbers have a source.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("←", (await Kit("--missing", Notebook("The accuracy is .785.", "accuracy 0.7852"))).Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accuracy 0.7842", "NO SOURCE; nearest is code: accuracy 0.7842")]
    [InlineData("", "NO SOURCE")]
    public async Task A_number_without_a_source_fails(string output, string found)
    {
        var (exitCode, text, _) = await Kit(Notebook("The accuracy is .785.", output));
        Assert.Equal(1, exitCode);
        Assert.Contains(found, text, StringComparison.Ordinal);
        Assert.Contains("0 of 1 numbers have a source.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_points_of_a_chart_prove_nothing()
    {
        var path = Notebook("The accuracy is .785.", "accuracy 0.7852", "application/vnd.plotly.v1+json");
        Assert.Equal(1, (await Kit(path)).ExitCode);
    }

    [Fact]
    public async Task A_named_constant_is_a_source_and_needs_a_reason()
    {
        var path = Notebook("Bananas weigh 7.35 grams.", "");
        Assert.Equal(1, (await Kit(path)).ExitCode);
        Constants("""[{ "number": "7.35", "words": "bananas", "reason": "weighed" }]""");
        Assert.Equal(0, (await Kit(path)).ExitCode);
        Constants("""[{ "number": "7.35", "words": "bananas", "reason": "" }]""");
        var (exitCode, text, _) = await Kit(path);
        Assert.Equal(2, exitCode);
        Assert.Contains("needs a number, words that a sentence must hold, and a reason", text, StringComparison.Ordinal);
        Constants("{");
        Assert.Contains("is no list of objects", (await Kit(path)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.ipynb", null, "There is no file")]
    [InlineData("broken.ipynb", "{\"nbformat\": 4,", "its JSON is broken")]
    [InlineData("empty.ipynb", "", "the file is empty")]
    [InlineData("table.csv", "a,b", "is no text that can be checked")]
    public async Task A_file_that_cannot_be_read_ends_with_2(string name, string? content, string message)
    {
        var path = Path.Combine(folder.FullName, name);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content);
        }

        var (exitCode, text, _) = await Kit(path);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, text, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Text, string Errors)> Kit(params string[] arguments) =>
        KitConsole.CallAsync(folder.FullName, 400, ["check-text", .. arguments]);

    private string Notebook(string prose, string output, string kind = "text/plain")
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, "", "code").Outputs.Add(new System.Text.Json.Nodes.JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new System.Text.Json.Nodes.JsonObject { [kind] = output },
            ["metadata"] = new System.Text.Json.Nodes.JsonObject(),
        });
        notebook.Insert(1, CellKind.Markdown, prose, "results");
        var path = Path.Combine(folder.FullName, "made-up.ipynb");
        notebook.Save(path);
        return path;
    }

    private void Constants(string json)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder.FullName, "data"));
        File.WriteAllText(Path.Combine(data.FullName, "text-constants.json"), json);
    }
}
