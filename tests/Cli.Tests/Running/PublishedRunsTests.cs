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

    [Fact]
    public void Runs_of_another_notebook_that_was_run_at_the_same_time_are_not_its_own()
    {
        Run("20261130-102120-05-corrected");
        Run("20261130-102121-02-second-model");
        Run("20261130-102122-extra");

        Assert.Equal(2, PublishedRuns.Keep(new Checkout(folder.FullName), "05-cnn", DateTimeOffset.UtcNow.AddMinutes(-1)));
        var kept = Path.Combine(folder.FullName, "data", "published-runs", "05-cnn");
        Assert.False(Directory.Exists(Path.Combine(kept, "20261130-102121-02-second-model")));
    }

    [Fact]
    public void A_run_that_trained_nothing_is_refused_and_the_earlier_publication_stays()
    {
        var checkout = new Checkout(folder.FullName);
        Run("resumed", """{"results": {"epochs_run": 20, "epochs_resumed": 12}}""");
        Assert.Equal(1, PublishedRuns.Keep(checkout, "05", DateTimeOffset.UtcNow.AddMinutes(-1)));
        Run("read", """{"results": {"epochs_run": 20, "epochs_resumed": 20}}""");
        var refused = Assert.Throws<RunRequestException>(() => PublishedRuns.Keep(checkout, "05", DateTimeOffset.UtcNow.AddMinutes(-1)));
        Assert.Contains("The run read read every epoch from a checkpoint", refused.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(folder.FullName, "data", "published-runs", "05", "resumed")));
    }

    private void Run(string name, string record = "{}")
    {
        var run = folder.CreateSubdirectory(Path.Combine("runs", name));
        foreach (var file in (string[])["run.json", "predictions.csv", "audit.json", "model.safetensors"])
        {
            File.WriteAllText(Path.Combine(run.FullName, file), file == "run.json" ? record : "{}");
        }
    }
}
