using CovidNotebooks.Runs;
using CovidNotebooks.Training;

namespace Tests.Runs;

public class RunRecorderTests
{
    [Fact]
    public void EachEpochIsALine()
    {
        using var folder = new TemporaryFolder();
        var store = new RunStore(folder.FullName, new ManualClock());
        using var run = store.Create("x", new Dictionary<string, object?>(StringComparer.Ordinal));
        var recorder = new RunRecorder(run);
        EpochRecord first = new(
            1, .7, .5, null, null, 3)
        { LearningRate = .01 }, second = new(2, .6, .55, .65, .6, 2) { LearningRate = .001 };
        recorder.OnEpoch(new TrainingHistory([], StopReason.None, string.Empty));
        recorder.OnEpoch(new TrainingHistory([first], StopReason.None, string.Empty));
        recorder.OnEpoch(new TrainingHistory([first, second], StopReason.None, string.Empty));

        var rows = store.Load(run.Id).Metrics;
        Assert.Equal([1, 2], rows.Select(row => row.Step));
        Assert.Equal(["accuracy", "learning_rate", "loss", "seconds"], rows[0].Values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            (.6, .55, .65, .6, .001),
            (
                rows[1].Values["loss"],
                rows[1].Values["accuracy"],
                rows[1].Values["val_loss"],
                rows[1].Values["val_accuracy"],
                rows[1].Values["learning_rate"]));
    }
}
