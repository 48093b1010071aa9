using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Headless;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>Every notebook runs from its first cell to its last with nothing downloaded.</summary>
public sealed class PhantomRunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("phantom-run-test-");

    public static TheoryData<string> Notebooks => CommittedNotebook.All;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Runs_on_phantoms_says_so_first_and_draws_its_charts(string name)
    {
        var result = await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = Path.Combine(Repository.Root, "notebooks", name),
                OutputPath = Path.Combine(folder.FullName, name),
                Parameters = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["data"] = folder.FullName,
                    ["runs"] = Path.Combine(folder.FullName, "runs"),
                    ["epochs"] = "2",
                    ["phantoms"] = "30",
                },
                TimeLimit = TimeSpan.FromMinutes(5),
                DrawCharts = false,
            },
            new RunObserver());

        Assert.True(result.Status == RunStatus.Succeeded, $"{result.Status} in {result.FailedCell?.Title}: {string.Join('\n', result.Error?.Traceback ?? [])}");
        var outputs = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, name)))!["cells"]!.AsArray()
            .SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
            .Select(output => output!.AsObject())
            .ToList();
        Assert.Contains("PHANTOMS", CommittedNotebook.Data(outputs[0], "text/plain"), StringComparison.Ordinal);
        Assert.DoesNotContain(outputs, output => (string?)output["output_type"] == "stream" && (string?)output["name"] == "stderr");
        var figures = outputs.Select(output => output["data"]?["application/vnd.plotly.v1+json"]).OfType<JsonObject>().ToList();
        Assert.NotEmpty(figures);
        Assert.All(figures, figure =>
        {
            Assert.NotEmpty(figure["data"]!.AsArray());
            Assert.NotNull(figure["layout"]!["title"]);
        });
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task The_same_seed_gives_the_same_predictions_whatever_the_number_of_loader_threads(string name)
    {
        var one = await Predictions(name, "1");
        var four = await Predictions(name, "4");

        Assert.NotEmpty(one);
        Assert.Equal(one, four);
    }

    private async Task<IReadOnlyList<string>> Predictions(string name, string workers)
    {
        var runs = Path.Combine(folder.FullName, "workers-" + workers);
        var result = await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = Path.Combine(Repository.Root, "notebooks", name),
                OutputPath = Path.Combine(folder.FullName, workers, name),
                Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["data"] = folder.FullName, ["runs"] = runs, ["epochs"] = "1", ["phantoms"] = "30", ["workers"] = workers },
                TimeLimit = TimeSpan.FromMinutes(5),
                DrawCharts = false,
            },
            new RunObserver());
        Assert.Equal(RunStatus.Succeeded, result.Status);
        return [.. Directory.EnumerateFiles(runs, "predictions.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
    }
}
