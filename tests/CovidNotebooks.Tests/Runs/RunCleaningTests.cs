using CovidNotebooks.Runs;

namespace Tests.Runs;

public sealed class RunCleaningTests : IDisposable
{
    private readonly Data.TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(RunStatus.Dead, 3, false, "It was interrupted after 3 epochs")]
    [InlineData(RunStatus.Dead, 3, true, null)]
    [InlineData(RunStatus.Failed, 0, false, "It failed before its first epoch: why")]
    [InlineData(RunStatus.Failed, 1, false, null)]
    [InlineData(RunStatus.Finished, 0, false, null)]
    [InlineData(RunStatus.Running, 0, false, null)]
    public void Runs_that_came_to_nothing_are_told_from_those_to_keep(RunStatus status, int epochs, bool checkpoint, string? reason)
    {
        var run = new RunRecord
        {
            Id = "r",
            Folder = folder.Path,
            Name = "r",
            Status = status,
            Reason = "why",
            Metrics =
            [
                .. Enumerable.Range(1, epochs)
                .Select(step => new MetricRow(step, default, new Dictionary<string, double>(StringComparer.Ordinal))),
            ],
        };
        var found = RunCleaning.ReasonOf(run, checkpoint, isOld: true);
        Assert.True(reason is null ? found is null : found!.StartsWith(reason, StringComparison.Ordinal), found);

        File.WriteAllText(Path.Combine(folder.Path, "predictions.csv"), "");
        Assert.Null(RunCleaning.ReasonOf(run, checkpoint, isOld: true));
    }

    [Fact]
    public void A_folder_that_was_claimed_and_never_written_is_empty_once_it_is_old()
    {
        File.WriteAllText(Path.Combine(folder.Path, "metrics.jsonl"), "");
        var run = new RunRecord { Id = "r", Folder = folder.Path, Name = "r", Status = RunStatus.Unreadable };
        Assert.Null(RunCleaning.ReasonOf(run, hasCheckpoint: false, isOld: false));
        Assert.Equal("It holds no record and no epoch.", RunCleaning.ReasonOf(run, hasCheckpoint: false, isOld: true));
        File.WriteAllText(Path.Combine(folder.Path, "run.json"), "{torn");
        Assert.Null(RunCleaning.ReasonOf(run, hasCheckpoint: false, isOld: true));
    }

    [Fact]
    public void Only_folders_of_runs_are_looked_at_and_a_checkpoint_of_the_name_keeps_a_dead_run()
    {
        var clock = new ManualClock();
        var store = new RunStore(folder.Path, clock);
        foreach (var name in (string[])["kept", "lost"])
        {
            _ = store.Create(name, new Dictionary<string, object?>(StringComparer.Ordinal));
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "checkpoints"));
        File.WriteAllText(Path.Combine(folder.Path, "checkpoints", "kept-0123.safetensors"), "");
        Assert.Empty(RunCleaning.Find(store));
        var later = new RunStore(folder.Path, new Later(clock.GetUtcNow() + TimeSpan.FromHours(1)));
        Assert.EndsWith("-lost", Assert.Single(RunCleaning.Find(later)).Id, StringComparison.Ordinal);
        Assert.Empty(RunCleaning.Remove(RunCleaning.Find(later)));
        Assert.Empty(RunCleaning.Find(later));
        Assert.Empty(RunCleaning.Find(new RunStore(Path.Combine(folder.Path, "none"))));
    }

    private sealed class Later(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
