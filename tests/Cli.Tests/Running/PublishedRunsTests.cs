using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Running;

namespace Tests.Cli.Running;

public sealed class PublishedRunsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("published-runs-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_later_publication_replaces_the_earlier_one_and_leaves_the_weights_behind()
    {
        var checkout = new Checkout(folder.FullName);
        Run("first");
        Assert.Equal(1, PublishedRuns.Keep(checkout, "05", DateTimeOffset.UtcNow.AddMinutes(-1)));
        Directory.Delete(Path.Combine(checkout.Runs, "first"), recursive: true);
        Run("second");

        Assert.Equal(1, PublishedRuns.Keep(checkout, "05", DateTimeOffset.UtcNow.AddMinutes(-1)));

        var kept = Path.Combine(folder.FullName, "data", "published-runs", "05");
        Assert.Equal(["second"], Directory.EnumerateDirectories(kept).Select(Path.GetFileName));
        Assert.Equal(
            ["audit.json", "predictions.csv", "run.json"],
            Directory.EnumerateFiles(Path.Combine(kept, "second")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Runs_from_before_are_not_taken_for_this_publication()
    {
        Run("old");

        Assert.Equal(0, PublishedRuns.Keep(new Checkout(folder.FullName), "05", DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "data")));
    }

    private void Run(string name)
    {
        var run = folder.CreateSubdirectory(Path.Combine("runs", name));
        foreach (var file in (string[])["run.json", "predictions.csv", "audit.json", "model.safetensors"])
        {
            File.WriteAllText(Path.Combine(run.FullName, file), "{}");
        }
    }
}
