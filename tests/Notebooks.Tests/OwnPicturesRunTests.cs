using System.Text.Json.Nodes;
using CovidNotebooks.Data;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Runs;
using RunStatus = CovidNotebooks.Kernel.Headless.RunStatus;

namespace Tests.Notebooks;

/// <summary>Notebook 07 runs from its first cell to its last: without a folder on phantoms, and on a folder as people have them.</summary>
public sealed class OwnPicturesRunTests : IDisposable
{
    private const string Name = "07-your-own-pictures.ipynb";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("own-pictures-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_folder_it_draws_three_classes_and_says_so_first()
    {
        var texts = await Run([]);

        Assert.Contains("PHANTOMS", texts[0], StringComparison.Ordinal);
        Assert.Contains("of 3 classes", texts[0], StringComparison.Ordinal);
        Assert.Contains(texts, text => text.Contains("6 pictures:", StringComparison.Ordinal) && text.Contains("never for diagnosis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_two_classes_is_split_by_patient_thresholded_and_new_pictures_are_answered()
    {
        var mine = PhantomFolder.Open(folder.FullName, classes: 2, perClass: 20, size: 48).All.Root;
        var fresh = PhantomFolder.NewPictures(folder.FullName, classes: 2, count: 3, size: 48);

        var texts = await Run([("folder", mine), ("groups", PhantomFolder.Groups), ("newPictures", fresh)]);

        Assert.Contains("20 patients, from the pattern", texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain(texts, text => text.Contains("PHANTOMS", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("3 pictures:", StringComparison.Ordinal) && text.Contains("patchy from a score of", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> Run(IEnumerable<(string Name, string Value)> parameters)
    {
        var notebook = CommittedNotebook.Read(Name);
        var runs = Path.Combine(folder.FullName, "runs");
        var all = new Dictionary<string, string>(notebook.PhantomProfile!, StringComparer.Ordinal) { ["data"] = folder.FullName, ["runs"] = runs };
        foreach (var (name, value) in parameters)
        {
            all[name] = value;
        }

        var result = await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = notebook.Path,
                OutputPath = Path.Combine(folder.FullName, Name),
                Parameters = all,
                TimeLimit = TimeSpan.FromMinutes(15),
                DrawCharts = false,
            },
            new RunObserver());

        Assert.True(result.Status == RunStatus.Succeeded, $"{result.Status} in {result.FailedCell?.Title}: {string.Join('\n', result.Error?.Traceback ?? [])}");
        var stored = new RunStore(runs).List();
        Assert.Equal(4, stored.Count);
        Assert.All(stored, run =>
        {
            Assert.Empty(run.Problems);
            Assert.True(File.Exists(Path.Combine(run.Folder, ModelContract.FileName)));
        });
        var outputs = new CommittedNotebook(result.OutputPath).Outputs.ToList();
        Assert.DoesNotContain(outputs, output => (string?)output["output_type"] == "stream" && (string?)output["name"] == "stderr");
        Assert.All(outputs.Select(output => output["data"]?["application/vnd.plotly.v1+json"]).OfType<JsonObject>(), figure => Assert.NotEmpty(figure["data"]!.AsArray()));
        return [.. outputs.Select(output => CommittedNotebook.Data(output, "text/plain") ?? "").Where(text => text.Length > 0 && !text.StartsWith("plotly.js", StringComparison.Ordinal))];
    }
}
