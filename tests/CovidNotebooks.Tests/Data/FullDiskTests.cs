using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Tests.Shared;
using Tests.Training;

namespace Tests.Data;

/// <summary>The disk fills up while something is written: one sentence, nothing half-written in the place of a whole file.</summary>
public class FullDiskTests
{
    [FullDiskFact]
    public void Phantoms_are_whole_or_not_there()
    {
        using var disk = new FullDisk(kilobytes: 256);
        var options = new PhantomOptions { Size = 128, TrainPerClass = 100, TestPerClass = 10 };
        var error = Assert.Throws<IOException>(() => Phantoms.Create(disk.Path, options));
        Assert.StartsWith("The phantoms cannot be drawn into ", error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
        error = Assert.Throws<IOException>(() => PhantomFolder.Open(disk.Path, classes: 2, perClass: 100));
        Assert.StartsWith("The phantoms cannot be drawn into ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [FullDiskFact]
    public void A_training_ends_with_the_disks_own_error_and_its_record_can_still_be_read()
    {
        using var disk = new FullDisk(kilobytes: 256);
        var store = new RunStore(disk.Path);
        using var model = new TinyCnn();
        using var train = MemorySource.Random(16, 3, 16, 8, seed: 1);
        using var experiment = Experiment.Begin(store, "full", new RunStory("a full disk"), DataAudit.Skipped("made-up images"));
        var filler = Path.Combine(disk.Path, "filler");
        var observer = new RecordingObserver(onEpoch: history => Fill(history.Epochs.Count == 2 ? filler : "/dev/null"));
        var error = Assert.Throws<IOException>(
            () =>
                experiment.Fit(
                    model,
                    train,
                    null,
                    new TrainerOptions { Epochs = 50, Optimizer = new Sgd { LearningRate = .01 }, Seed = 1 },
                    observer));
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        File.Delete(filler);
        var run = Assert.Single(store.List());
        Assert.NotEqual(RunStatus.Unreadable, run.Status);
        Assert.True(run.Metrics.Count >= 1, run.ToPlainText());
    }

    /// <summary>Takes all the room that is left.</summary>
    private static void Fill(string file)
    {
        try
        {
            File.WriteAllBytes(file, new byte[1 << 20]);
        }
        catch (IOException)
        {
            // Now the disk is full.
        }
    }
}
