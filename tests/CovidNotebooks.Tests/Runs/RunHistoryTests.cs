using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Microsoft.Data.Analysis;

namespace Tests.Runs;

public sealed class RunHistoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunStore store;

    public RunHistoryTests() => store = new RunStore(folder.FullName, new ManualClock());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_recorder_wrote_is_read_back()
    {
        var written = new TrainingHistory(
            [new(1, .9, .5, .8, .6, 2.5) { LearningRate = .01 }, new(2, .7, .6, .5, .7, 2) { LearningRate = .001 }],
            StopReason.AllEpochsRun,
            "all");
        var run = store.Create("one", new Dictionary<string, object?>(StringComparer.Ordinal));
        var recorder = new RunRecorder(run);
        recorder.OnEpoch(new TrainingHistory([written.Epochs[0]], StopReason.None, ""));
        recorder.OnEpoch(written);
        run.Finish();

        Assert.Equal(written.Epochs, RunHistory.Of(store.Load(run.Id))!.Epochs);
    }

    [Fact]
    public void The_last_line_of_an_epoch_counts_other_trainings_and_other_lines_do_not()
    {
        var run = store.Create("one", new Dictionary<string, object?>(StringComparer.Ordinal));
        run.LogMetrics(1, RunStoreTests.Values(("loss", .9), ("accuracy", .5), ("val_loss", double.NaN)));
        run.LogMetrics(1, RunStoreTests.Values(("loss", .8), ("accuracy", .6)));
        run.LogMetrics(2, RunStoreTests.Values(("loss", .1), ("accuracy", .9), ("fit", 2)));
        run.LogMetrics(3, RunStoreTests.Values(("temperature", 1)));
        run.Finish();

        var epoch = RunHistory.Of(store.Load(run.Id))!.Epochs.Single();

        Assert.Equal((1, .8, .6), (epoch.Epoch, epoch.Loss, epoch.Accuracy));
        Assert.Null(epoch.ValidationLoss);
        Assert.Null(RunHistory.Of(store.Load(store.Create("empty", new Dictionary<string, object?>(StringComparer.Ordinal)).Id)));
    }

    [Fact]
    public void A_frame_shows_the_columns_that_it_has()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("id", Enumerable.Range(0, 30).Select(i => $"r{i}")),
            new DoubleDataFrameColumn("metrics.accuracy", Enumerable.Range(0, 30).Select(i => i == 1 ? null : (double?)(i / 3.0))));

        var table = FrameTable.Of(frame, "metrics.accuracy", "params.nobody-has-it", "id");

        Assert.Equal(["metrics.accuracy", "id"], table.Columns.Select(column => column.Header));
        Assert.Equal(["0", "–", "0.6667"], table.Rows.Take(3).Select(row => row[0].Text));
        Assert.Equal("25 of 30 rows.", Assert.Single(table.Notes));
        Assert.Equal(2, FrameTable.Of(frame).Columns.Count);
        Assert.Throws<ArgumentException>(() => FrameTable.Of(frame, "params.nobody-has-it"));
    }
}
