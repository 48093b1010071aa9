using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using Tests.Shared;

namespace Tests.Kernel;

/// <summary>
/// Runs each notebook of <c>Notebooks/</c> and compares what each cell puts out with the <c>expected</c> in its metadata.
/// </summary>
public sealed class NotebookTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static string Folder => Path.Combine(Repository.Root, "tests", "Kernel.Tests", "Notebooks");

    private static string[] Files =>
    [
        .. Directory.EnumerateFiles(Folder, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. Files];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void There_are_notebooks() => Assert.Equal(["await", "display", "errors", "imports", "magic", "state", "streams"], Files);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_cell_puts_out_what_its_metadata_expects(string name)
    {
        var result = await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = Path.Combine(Folder, name + ".ipynb"),
                OutputPath = folder.File("out.ipynb"),
                TimeLimit = TimeSpan.FromMinutes(1),
            },
            new RunObserver());
        Assert.True(result.Status == RunStatus.Succeeded, $"Cell {result.FailedCell?.Number}: {result.Error?.Message}");
        var expected = new List<string>();
        var actual = new List<string>();
        foreach (var (cell, number) in NotebookFile.Read(folder.File("out.ipynb")).Cells.Select((cell, i) => (cell, i + 1)))
        {
            expected.AddRange(((JsonArray)cell.Metadata["expected"]!).Select(text => $"[{number}] {text}"));
            actual.AddRange(cell.Outputs.Select(output => $"[{number}] {Text(output!)}"));
        }

        Assert.Equal(string.Join('\n', expected), string.Join('\n', actual));
    }

    private static string Text(JsonNode output) => (string)output["output_type"]! switch
    {
        "stream" => $"{output["name"]}: {MultilineText.Read(output["text"])}",
        "error" => $"error: {output["evalue"]}",
        _ =>
            string.Join(
                '\n',
                ((JsonObject)output["data"]!)
                    .Select(
                        pair => $"{pair.Key}: {(pair.Value is JsonObject json ? json.ToJsonString() : MultilineText.Read(pair.Value))}")),
    };
}
