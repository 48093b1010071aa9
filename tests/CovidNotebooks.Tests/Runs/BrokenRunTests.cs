using CovidNotebooks.Runs;

namespace Tests.Runs;

/// <summary>Files that were cut or overwritten: one flagged record, never an exception.</summary>
public sealed class BrokenRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunStore store;
    private readonly Run run;

    public BrokenRunTests()
    {
        store = new RunStore(folder.FullName, new ManualClock());
        run = store.Create("x", new Dictionary<string, object?>(StringComparer.Ordinal) { ["epochs"] = 2 });
        run.LogMetrics(1, RunStoreTests.Values(("loss", .5)));
        run.LogMetrics(2, RunStoreTests.Values(("loss", .25)));
        run.Save(RunStoreTests.Answers());
        run.Finish();
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("run.json")]
    [InlineData("metrics.jsonl")]
    [InlineData("predictions.csv")]
    public void AFileCutAtAnyByteLoadsAsAFlaggedRecord(string file)
    {
        var whole = File.ReadAllBytes(run.PathOf(file));
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(run.PathOf(file), whole[..length]);
            var record = Assert.Single(store.List());
            // Only a last line end may be missing without harm.
            Assert.True(
                record.Problems.Count > 0
                    || (length == whole.Length - 1 && !string.Equals(file, "predictions.csv", StringComparison.Ordinal)),
                $"{file} cut at byte {length} of {whole.Length}");
            Assert.All(record.Metrics, row => Assert.Contains(row.Values["loss"], (double[])[.5, .25]));
            Assert.Equal(
                string.Equals(file, "run.json", StringComparison.Ordinal) && length < whole.Length - 1,
                record.Status == RunStatus.Unreadable);
        }

        File.Delete(run.PathOf(file));
        Assert.Contains(Assert.Single(store.List()).Problems, problem => problem.Contains(file, StringComparison.Ordinal));
    }

    [Fact]
    public void AnyByteOverwrittenNeverThrows()
    {
        byte[] replacements = [0, (byte)'"', (byte)'{', (byte)'9', 0xFF];
        foreach (var file in (string[])["run.json", "metrics.jsonl"])
        {
            var whole = File.ReadAllBytes(run.PathOf(file));
            for (var position = 0; position < whole.Length; position++)
            {
                var broken = (byte[])whole.Clone();
                broken[position] = replacements[position % replacements.Length];
                File.WriteAllBytes(run.PathOf(file), broken);
                Assert.Single(store.List());
            }

            File.WriteAllBytes(run.PathOf(file), whole);
        }

        Assert.Empty(Assert.Single(store.List()).Problems);
    }

    [Fact]
    public void ATornLastLineIsLeftOutAndTold()
    {
        File.AppendAllText(run.PathOf("metrics.jsonl"), "{\"step\":3,\"ti");
        var record = store.Load(run.Id);
        Assert.Equal(2, record.Metrics.Count);
        Assert.Contains("Line 3 of metrics.jsonl is torn", Assert.Single(record.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void ABrokenRunDoesNotHideTheOthers()
    {
        var other = store.Create("other", new Dictionary<string, object?>(StringComparer.Ordinal));
        File.WriteAllText(run.PathOf("run.json"), "null");
        Assert.Equal(
            [RunStatus.Unreadable, RunStatus.Running],
            store.List().OrderByDescending(record => record.Status).Select(record => record.Status));
        other.Finish();
    }

    [Fact]
    public void APublishedRunNeedsItsRecordAndItsPredictionsOnly()
    {
        File.Delete(run.PathOf("metrics.jsonl"));
        Assert.NotEmpty(store.Load(run.Id).Problems);
        var published = new RunStore(folder.FullName, new ManualClock()) { IsPublished = true };
        Assert.Empty(published.Load(run.Id).Problems);
        File.Delete(run.PathOf("predictions.csv"));
        Assert.Equal("predictions.csv is missing.", Assert.Single(published.Load(run.Id).Problems));
    }

    [Fact]
    public void PredictionsThatAreNotTheSavedOnesAreRefused()
    {
        var path = run.PathOf("predictions.csv");
        File.WriteAllText(path, File.ReadAllText(path).Replace("0.875", "0.175", StringComparison.Ordinal));
        Assert.Contains(
            "another checksum",
            Assert.Throws<InvalidDataException>(() => store.Load(run.Id).LoadPredictions()).Message,
            StringComparison.Ordinal);
        File.Delete(path);
        Assert.Throws<FileNotFoundException>(() => store.Load(run.Id).LoadPredictions());
    }
}
