using CovidNotebooks.Runs;

namespace Tests.Runs;

/// <summary>The published runs and those of this machine, read together.</summary>
public sealed class StoredRunsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();

    private string PublishedFolder => Path.Combine(folder.FullName, "published");

    private string OwnFolder => Path.Combine(folder.FullName, "runs");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_is_published_and_here_is_counted_once()
    {
        var first = Finished(Path.Combine(PublishedFolder, "01"), "one");
        var second = Finished(Path.Combine(PublishedFolder, "02"), "two");
        CopyOf(first, Path.Combine(OwnFolder, first.Id));
        var own = Finished(OwnFolder, "own");

        var read = StoredRuns.Read(PublishedFolder, OwnFolder);
        Assert.Equal([first.Id, second.Id], read.Published.Select(run => run.Id));
        Assert.Equal([own.Id], read.Own.Select(run => run.Id));
        Assert.Equal([first.Id, second.Id, own.Id], read.All.Select(run => run.Id));
        var text = read.ToPlainText();
        Assert.Contains("2 runs are published with the kit, 1 was made here.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Unfinished_runs_and_damaged_records_are_told()
    {
        using var running = new RunStore(OwnFolder, clock).Create("running", Settings());
        var damaged = Finished(OwnFolder, "damaged");
        File.Delete(damaged.PathOf("predictions.csv"));

        var text = StoredRuns.Read(PublishedFolder, OwnFolder).ToPlainText();
        Assert.Contains("0 runs are published with the kit, 2 were made here.", text, StringComparison.Ordinal);
        Assert.Contains("1 run has not ended and is left out below.", text, StringComparison.Ordinal);
        Assert.Contains($"{damaged.Id}: ", text, StringComparison.Ordinal);
        Assert.Contains("predictions.csv", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_run_it_says_how_to_make_one() =>
        Assert.Contains(
            "./kit run notebooks/05-scratch-cnn-pneumonia.ipynb",
            Assert.Throws<InvalidOperationException>(() => StoredRuns.Read(PublishedFolder, OwnFolder)).Message,
            StringComparison.Ordinal);

    private static Dictionary<string, object?> Settings() => new(StringComparer.Ordinal) { ["epochs"] = 1 };

    private static void CopyOf(Run run, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(run.Folder))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private Run Finished(string store, string name)
    {
        var run = new RunStore(store, clock).Create(name, Settings());
        run.Save(RunStoreTests.Answers());
        run.Finish();
        return run;
    }
}
