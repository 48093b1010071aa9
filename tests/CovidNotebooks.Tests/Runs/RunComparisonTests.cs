using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;

namespace Tests.Runs;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunStore store;

    public RunComparisonTests() => store = new RunStore(folder.FullName, new ManualClock());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void RunsOnTheSameImagesArePaired()
    {
        var comparison = RunComparison.Of(Stored("one", ("x", 1, .9), ("y", 0, .2)), Stored("two", ("y", 0, .8), ("x", 1, .7)));
        Assert.Equal(new McNemar(1, 1, 0, 0), comparison.Paired!.Errors.Images);
        Assert.Null(comparison.NotPairedBecause);
        Assert.Contains("McNemar", comparison.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("params.name", comparison.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void EachRunAnswersWithItsOwnThreshold()
    {
        var run = store.Create("strict", new Dictionary<string, object?>(StringComparer.Ordinal) { ["threshold"] = .8 });
        run.Save(new Predictions(["n", "p"], [new("x", null, null, 1, [.25, .75], .1), new("y", null, null, 0, [.4, .6], .1)]));
        run.Finish();

        // Scores of .75 and .6: by the highest score both are called p, from .8 on none is.
        Assert.Equal(
            new McNemar(0, 1, 1, 0),
            RunComparison.Of(Stored("one", ("x", 1, .75), ("y", 0, .6)), store.Load(run.Id)).Paired!.Errors.Images);
    }

    [Fact]
    public void RunsOnOtherImagesSayWhyTheyAreNot()
    {
        var one = Stored("one", ("x", 1, .9), ("y", 0, .2));
        var comparison = RunComparison.Of(one, Stored("two", ("z", 0, .8), ("x", 1, .7)));
        Assert.Null(comparison.Paired);
        Assert.Contains("different test sets", comparison.ToPlainText(), StringComparison.Ordinal);
        File.Delete(Path.Combine(one.Folder, "predictions.csv"));
        Assert.Contains("has no predictions.csv", RunComparison.Of(one, one).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARecordShowsItsSettingsAndResults()
    {
        var record = Stored("one", ("x", 1, .9), ("y", 0, .2));
        Assert.Matches(@"\[settings\]\s+name +one", record.ToPlainText());
        Assert.Contains("[settings]", record.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("metrics.count", record.ToPlainText(), StringComparison.Ordinal);
        Assert.True(record.HasPredictions);
    }

    private RunRecord Stored(string name, params (string Id, int Label, double Score)[] answers)
    {
        var run = store.Create(name, new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = name });
        run.Save(
            new Predictions(
                ["n", "p"],
                [.. answers.Select(item => new Prediction(item.Id, null, null, item.Label, [1 - item.Score, item.Score], .1))]));
        run.SetResults(RunStoreTests.Values(("count", answers.Length)));
        run.Finish();
        return store.Load(run.Id);
    }
}
