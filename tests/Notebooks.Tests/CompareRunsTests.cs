using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Headless;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Notebooks;

/// <summary>Notebook 06 on runs that were made up, so that what it must find is known, and on those that are published.</summary>
public sealed class CompareRunsTests(ITestOutputHelper output) : IDisposable
{
    private const string Name = "06-compare-runs.ipynb";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("compare-runs-test-");

    private string Published => Path.Combine(folder.FullName, "published");

    private string Runs => Path.Combine(folder.FullName, "runs");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Made_up_runs_of_all_documents_get_the_verdicts_that_they_deserve()
    {
        Of("01", 1, ["covid", "normal"], 0, "xray-25", "a trunk of our own").Write(Store("01-vgg16-xray"));
        (Of("02", 2, ["CT_COVID", "CT_NonCOVID"], 0, "covid-ct", "none") with { Missed = 10 }).Write(Store("02-scratch-cnn-ct"));
        Of("03", 3, ["CT_NonCOVID", "CT_COVID"], 1, "covid-ct", "imagenet").Write(Store("03-vgg19bn-ct"));
        Of("04", 4, ["Covid", "Normal"], 0, "covid-xray", "imagenet").Write(Store("04-resnet50-xray"));
        Of("05", 5, ["NORMAL", "PNEUMONIA"], 1, "chest-xray-pneumonia", "none").Write(Store("05-scratch-cnn-pneumonia"));
        var other = Of("05", 5, ["NORMAL", "PNEUMONIA"], 1, "chest-xray-pneumonia", "none") with { Name = "05-corrected", Missed = 9 };
        other.Parameters["variant"] = "corrected";
        other.Write(Runs);

        var (outputs, text) = await Run();

        // 30 of 40 and 40 of 40, by hand with Wilson's formula: [.598, .858] holds document 2's .7702, [.912, 1] does not hold document 5's
        // .81.
        Assert.Matches(@"2 +accuracy +0\.7702 +0\.750 +\[0\.598, 0\.858\] +40 +inside the interval", text);
        Assert.Matches(@"5 +accuracy +0\.81 +1\.000 +\[0\.912, 1\.000\] +40 +outside: ours is higher", text);
        Assert.Matches(@"1 +accuracy .* not comparable: other weights than ImageNet's: a trunk of our own", text);
        Assert.Matches(@"4 +accuracy .* not comparable: other images: covid-xray in place of covid-xray-document-4", text);
        Assert.DoesNotContain("No run as published", text, StringComparison.Ordinal);

        // Nine images that only one of them gets right: McNemar's exact p is 2 / 2^9.
        Assert.Matches(@"5, as published +5, corrected +40 +9 +0 +0\.0039", text);
        Assert.Contains("answered about different test sets", text, StringComparison.Ordinal);
        Assert.Equal(2 + 5, outputs.Count(item => item["data"]?["application/vnd.plotly.v1+json"] is not null));
    }

    [Fact]
    public async Task With_one_documents_runs_only_it_says_which_are_missing()
    {
        Of("05", 5, ["NORMAL", "PNEUMONIA"], 1, "phantoms", "none").Write(Runs);

        var (_, text) = await Run();

        Assert.Contains("No run as published is stored for document 1, 2, 3, 4", text, StringComparison.Ordinal);
        Assert.Contains("not comparable: the run was made on phantoms", text, StringComparison.Ordinal);
        Assert.Contains("No two of these runs answered about the same images", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_runs_of_this_checkout_are_compared()
    {
        var (_, text) = await Run(Path.Combine(Repository.Root, "data", "published-runs"));

        Assert.Matches(@"5 +accuracy +0\.81 ", text);
        Assert.DoesNotContain("The run stored accuracy", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_run_it_says_how_to_make_one()
    {
        var result = await Execute(Published);

        Assert.Equal(RunStatus.CellFailed, result.Status);
        Assert.Contains(
            "./kit run notebooks/05-scratch-cnn-pneumonia.ipynb", string.Concat(result.Error!.Traceback), StringComparison.Ordinal);
    }

    private static MadeUpRun Of(string prefix, int document, string[] classes, int positive, string data, string weights) =>
        new(prefix + "-as-published", classes, positive)
        {
            Parameters = new JsonObject
            {
                ["document"] = document,
                ["variant"] = "as published",
                ["data"] = data,
                ["weights"] = weights,
                ["seed"] = 1,
            },
            Set = data,
        };

    private string Store(string notebook) => Path.Combine(Published, notebook);

    private async Task<(IReadOnlyList<JsonObject> Outputs, string Text)> Run(string? published = null)
    {
        var result = await Execute(published ?? Published);
        output.WriteLine($"{Name}: {result.Duration.TotalSeconds:F1} s");
        Assert.True(
            result.Status == RunStatus.Succeeded,
            $"{result.Status} in {result.FailedCell?.Title}: {string.Join('\n', result.Error?.Traceback ?? [])}");
        var outputs = new CommittedNotebook(result.OutputPath).Outputs.ToList();
        Assert.DoesNotContain(outputs, item => (string?)item["output_type"] == "stream" && (string?)item["name"] == "stderr");
        return (outputs, string.Join('\n', outputs.Select(item => CommittedNotebook.Data(item, "text/plain"))));
    }

    private Task<RunResult> Execute(string published) => NotebookRunner.RunAsync(
        new HeadlessOptions
        {
            NotebookPath = Path.Combine(Repository.Root, "notebooks", Name),
            OutputPath = Path.Combine(folder.FullName, Name),
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["published"] = published, ["runs"] = Runs },
            TimeLimit = TimeSpan.FromMinutes(5),
            DrawCharts = false,
        },
        new RunObserver());
}
