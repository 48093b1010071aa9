using System.Globalization;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Headless;
using Xunit.Abstractions;

namespace Tests.Notebooks;

/// <summary>
/// Every notebook of a document runs from its first cell to its last with nothing downloaded, with the parameters that it names for that.
/// </summary>
public sealed class PhantomRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("phantom-run-test-");

    public static TheoryData<string> Notebooks => NotebookRecipe.OfDocuments;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Runs_on_phantoms_says_so_first_draws_its_charts_and_gives_the_same_predictions_with_any_number_of_loader_threads(
        string name)
    {
        var one = await Run(name, workers: 1);
        var four = await Run(name, workers: 4);

        var texts = one.Outputs.Select(output => CommittedNotebook.Data(output, "text/plain") ?? "")
            .Where(text => !text.StartsWith("plotly.js", StringComparison.Ordinal));
        Assert.Contains("PHANTOMS", texts.First(), StringComparison.Ordinal);
        Assert.DoesNotContain(one.Outputs, output => (string?)output["output_type"] == "stream" && (string?)output["name"] == "stderr");
        var figures = one.Outputs.Select(output => output["data"]?["application/vnd.plotly.v1+json"]).OfType<JsonObject>().ToList();
        Assert.NotEmpty(figures);
        Assert.All(figures, figure =>
        {
            Assert.NotEmpty(figure["data"]!.AsArray());
            Assert.NotNull(figure["layout"]!["title"]);
        });
        Assert.NotEmpty(one.Predictions);
        Assert.Equal(one.Predictions, four.Predictions);
    }

    private async Task<(IReadOnlyList<JsonObject> Outputs, IReadOnlyList<string> Predictions)> Run(string name, int workers)
    {
        var notebook = CommittedNotebook.Read(name);
        var here = folder.CreateSubdirectory("workers-" + workers.ToString(CultureInfo.InvariantCulture));
        var runs = Path.Combine(here.FullName, "runs");
        var result = await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = notebook.Path,
                OutputPath = Path.Combine(here.FullName, name),
                Parameters = new Dictionary<string, string>(notebook.PhantomProfile!, StringComparer.Ordinal)
                {
                    ["data"] = here.FullName,
                    ["runs"] = runs,
                    ["workers"] = workers.ToString(CultureInfo.InvariantCulture),
                },
                TimeLimit = TimeSpan.FromMinutes(15),
                DrawCharts = false,
            },
            new RunObserver());

        // A minute is the aim; how long it takes depends on the machine, so it is told and not asserted.
        output.WriteLine($"{name}, {workers} loader thread(s): {result.Duration.TotalSeconds:F1} s");
        Assert.True(
            result.Status == RunStatus.Succeeded,
            $"{result.Status} in {result.FailedCell?.Title}: {string.Join('\n', result.Error?.Traceback ?? [])}");
        return (
            [.. new CommittedNotebook(result.OutputPath).Outputs],
            // A run's folder begins with its start, to the second, and which two runs share a second is chance: the names behind it decide
            // the order.
            [.. Directory.EnumerateFiles(runs, "predictions.csv", SearchOption.AllDirectories)
                .Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))!["yyyyMMdd-HHmmss-".Length..]}\n{File.ReadAllText(file)}")
                .Order(StringComparer.Ordinal)]);
    }
}
