using System.Text;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Headless;

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
        Assert.Contains(texts, text => text.Contains("the same network, its weights shuffled", StringComparison.Ordinal)
            && text.Contains("the same network, trained on permuted labels", StringComparison.Ordinal));
        Assert.Contains(
            texts,
            text =>
                text.Contains("6 pictures:", StringComparison.Ordinal) && text.Contains("never for diagnosis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_two_classes_is_split_by_patient_thresholded_and_new_pictures_are_answered()
    {
        var mine = folder.CreateSubdirectory("mine").FullName;
        foreach (var i in Enumerable.Range(0, 40))
        {
            Draw(Path.Combine(mine, i < 20 ? "dark" : "bright", $"p{i / 2:00}_{i % 2}.pgm"), i, i < 20 ? 60 : 150);
        }

        var fresh = folder.CreateSubdirectory("fresh").FullName;
        foreach (var i in Enumerable.Range(100, 3))
        {
            Draw(Path.Combine(fresh, $"{i}.pgm"), i, 100);
        }

        var texts = await Run([("folder", mine), ("groups", @"^(p\d+)_"), ("newPictures", fresh), ("positive", "bright")]);

        Assert.Contains("20 patients, from the pattern", texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain(texts, text => text.Contains("PHANTOMS", StringComparison.Ordinal));
        Assert.Contains(
            texts,
            text =>
                text.Contains("3 pictures:", StringComparison.Ordinal)
                    && text.Contains("bright from a score of", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> Run(IEnumerable<(string Name, string Value)> parameters)
    {
        var notebook = CommittedNotebook.Read(Name);
        var runs = Path.Combine(folder.FullName, "runs");
        var all = new Dictionary<string, string>(
            notebook.PhantomProfile!, StringComparer.Ordinal)
        { ["data"] = folder.FullName, ["runs"] = runs };
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

        Assert.True(
            result.Status == RunStatus.Succeeded,
            $"{result.Status} in {result.FailedCell?.Title}: {string.Join('\n', result.Error?.Traceback ?? [])}");
        Assert.Equal(4, Directory.GetFiles(runs, "model.json", SearchOption.AllDirectories).Length);
        Assert.All(
            Directory.GetFiles(runs, "run.json", SearchOption.AllDirectories),
            run => Assert.Equal("finished", (string?)JsonNode.Parse(File.ReadAllText(run))!["status"]));
        var outputs = new CommittedNotebook(result.OutputPath).Outputs.ToList();
        Assert.DoesNotContain(outputs, output => (string?)output["output_type"] == "stream" && (string?)output["name"] == "stderr");
        Assert.All(
            outputs.Select(output => output["data"]?["application/vnd.plotly.v1+json"]).OfType<JsonObject>(),
            figure => Assert.NotEmpty(figure["data"]!.AsArray()));
        return
        [
            .. outputs.Select(output => CommittedNotebook.Data(output, "text/plain") ?? "")
            .Where(text => text.Length > 0 && !text.StartsWith("plotly.js", StringComparison.Ordinal)),
        ];
    }

    /// <summary>A grey picture of 48 × 48: noise around a brightness.</summary>
    private static void Draw(string path, int seed, int brightness)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var random = new Random(seed);
        File.WriteAllBytes(
            path,
            [
                .. Encoding.ASCII.GetBytes("P5\n48 48\n255\n"),
                .. Enumerable.Range(0, 48 * 48).Select(_ => (byte)(brightness + random.Next(50))),
            ]);
    }
}
