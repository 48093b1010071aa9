using CovidNotebooks.Charts;
using CovidNotebooks.Display;
using CovidNotebooks.Training;
using Newtonsoft.Json.Linq;

namespace Tests.CovidNotebooks.Charts;

public class LiveTrainingChartTests
{
    [Fact]
    public void Batches_update_at_most_once_an_interval_and_epochs_always()
    {
        var clock = new ManualClock();
        var updates = new List<LiveTraining>();
        var chart = new LiveTrainingChart(2, value => updates.Add((LiveTraining)value), interval: TimeSpan.FromSeconds(1), clock: clock);

        for (var batch = 1; batch <= 10; batch++)
        {
            chart.OnBatch(Progress(1, batch));
            clock.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.Equal([1, 5, 9], updates.Select(update => update.Progress!.Batch));
        chart.OnEpoch(ChartData.History(1));
        Assert.Equal(4, updates.Count);
        Assert.NotNull(updates[^1].Curves);
    }

    [Fact]
    public void Progress_counts_the_batches_of_all_epochs()
    {
        LiveTraining? shown = null;
        new LiveTrainingChart(20, value => shown = (LiveTraining)value)
            .OnBatch(new TrainingProgress(3, 20, 40, 104, .4123, .875, 83.4, .4));

        var progress = JObject.Parse(shown!.ToProgressJson());
        Assert.Equal((2 * 104) + 40, (long)progress["value"]!);
        Assert.Equal(20 * 104, (long)progress["total"]!);
        Assert.Equal("epoch 3/20, batch 40/104: loss 0.4123, accuracy 0.875, 83 images/s", (string)progress["text"]!);
        var formatter = new LiveTrainingFormatters().CreateTypeFormatters().Cast<MimeFormatter>()
            .Single(item => item.MimeType == "application/vnd.covidnotebooks.progress+json");
        var written = new StringWriter();
        Assert.True(formatter.Format(shown, written));
        Assert.Equal(shown.ToProgressJson(), written.ToString());
    }

    [Fact]
    public void The_line_tells_of_the_running_epoch_then_of_the_finished_one_then_why_training_ended()
    {
        var lines = new List<string>();
        var chart = new LiveTrainingChart(4, value => lines.Add(((LiveTraining)value).Status), interval: TimeSpan.Zero);

        chart.OnBatch(new TrainingProgress(1, 4, 1, 10, .5, .25, 10, .5));
        chart.OnEpoch(new TrainingHistory(ChartData.History(1).Epochs, StopReason.None, ""));
        chart.OnBatch(new TrainingProgress(2, 4, 1, 10, .5, .25, 10, .5));
        chart.OnEpoch(ChartData.History());

        Assert.Equal(
            [
                "epoch 1/4, batch 1/10: loss 0.5000, accuracy 0.250, 10 images/s",
                "epoch 1/4 done: loss 1.0000, accuracy 0.600, validation loss 0.5000, validation accuracy 0.800, 2.5 s",
                "epoch 2/4, batch 1/10: loss 0.5000, accuracy 0.250, 10 images/s",
                "best epoch 3 (validation loss 0.2000); ended: all 4 epochs were run",
            ],
            lines);
    }

    [Fact]
    public void A_chart_that_folds_stands_open_until_the_training_has_ended()
    {
        var shown = new List<string>();
        var chart = LiveTrainingChart.Show(4, "Class weights", _ => value => shown.Add(((LiveTraining)value).ToHtml()), foldsAtEnd: true);

        chart.OnEpoch(new TrainingHistory(ChartData.History(1).Epochs, StopReason.None, ""));
        chart.OnEpoch(ChartData.History());

        Assert.DoesNotContain("<details>", shown[0], StringComparison.Ordinal);
        Assert.StartsWith("<details><summary", shown[1], StringComparison.Ordinal);
        Assert.Contains(">Class weights: best epoch 3 (validation loss 0.2000); ended: all 4 epochs were run</summary>", shown[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_axis_is_as_wide_as_the_plan_and_before_the_first_epoch_there_is_only_text()
    {
        var start = LiveTrainingChart.Start(20, "A <model>");
        Assert.Null(start.Curves);
        Assert.Contains("A &lt;model&gt;", start.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("20 epochs to train", start.ToHtml(), StringComparison.Ordinal);

        LiveTraining? shown = null;
        new LiveTrainingChart(20, value => shown = (LiveTraining)value).OnEpoch(ChartData.History(2));
        Assert.Equal([.5, 20.5], JObject.Parse(shown!.ToJson())["layout"]!["xaxis"]!["range"]!.Values<double>());
    }

    private static TrainingProgress Progress(int epoch, int batch) => new(epoch, 2, batch, 10, .5, .5, 10, .5);

    private sealed class ManualClock : TimeProvider
    {
        private long ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }
}
