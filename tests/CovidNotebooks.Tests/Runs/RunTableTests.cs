using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Runs;
using Microsoft.Data.Analysis;

namespace Tests.Runs;

public sealed class RunTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly RunStore store;

    public RunTableTests()
    {
        store = new RunStore(folder.FullName, clock);
        var first = store.Create("first", Settings(("epochs", 20), ("rate", 1), ("flip", true), ("seed", 7), ("layers", "3")));
        first.LogMetrics(1, RunStoreTests.Values(("loss", .9), ("accuracy", .1)));
        first.LogMetrics(2, RunStoreTests.Values(("loss", .5)));
        first.SetResults(RunStoreTests.Values(("accuracy", .8)));
        clock.Advance(TimeSpan.FromSeconds(90));
        first.Finish();
        var second = store.Create("second", Settings(("epochs", 30), ("rate", .5), ("seed", 7), ("layers", 4), ("extra", null)));
        second.Fail("no reason");
        var third = store.Create("third", Settings());
        clock.StopTimers();
        File.WriteAllText(third.PathOf("run.json"), "{");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheFrameHasAColumnASettingAndAMetric()
    {
        var frame = RunTable.Of(store).Frame;
        Assert.Equal(3, frame.Rows.Count);
        Assert.Equal(
            [
                "id",
                "name",
                "status",
                "audit",
                "started",
                "seconds",
                "problems",
                "params.epochs",
                "params.rate",
                "params.flip",
                "params.seed",
                "params.layers",
                "params.extra",
                "metrics.loss",
                "metrics.accuracy",
            ],
            frame.Columns.Select(column => column.Name));
        Assert.Equal(["finished", "failed", "unreadable"], Values(frame, "status"));
        Assert.Equal([20L, 30L, null], Values(frame, "params.epochs"));
        Assert.Equal([1.0, .5, null], Values(frame, "params.rate"));
        Assert.Equal([true, null, null], Values(frame, "params.flip"));
        Assert.Equal(["3", "4", null], Values(frame, "params.layers"));
        Assert.Equal([.5, null, null], Values(frame, "metrics.loss"));
        Assert.Equal([.8, null, null], Values(frame, "metrics.accuracy"));
        Assert.Equal([90.0, 0.0, null], Values(frame, "seconds"));
        Assert.Equal(["2021-03-04T05:06:07Z", "2021-03-04T05:07:37Z", null], Values(frame, "started"));
    }

    [Fact]
    public void TheFrameFilters()
    {
        var frame = RunTable.Of(store).Frame;
        var good = frame.Filter(((DoubleDataFrameColumn)frame["metrics.accuracy"]).ElementwiseGreaterThan(.5));
        Assert.Equal(1, good.Rows.Count);
    }

    [Fact]
    public void ABrokenRunIsAFlaggedRow()
    {
        var text = RunTable.Of(store).ToPlainText();
        Assert.Contains("third (!)", text, StringComparison.Ordinal);
        Assert.Contains("run.json cannot be read", text, StringComparison.Ordinal);
        Assert.Contains("3 runs", RunTable.Of(store).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlySettingsThatDifferAreShown()
    {
        var table = RunTable.Of(store.List().Take(2));
        Assert.Equal(["epochs", "rate", "flip", "layers"], table.DifferingParameters);
        Assert.DoesNotContain("params.seed", table.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("are not shown: seed, extra.", table.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void SmallRatesCountsAndRangesAreReadable()
    {
        using var own = new TemporaryFolder();
        var other = new RunStore(own.FullName, clock);
        foreach (var (name, rate, scale) in new[] { ("one", 1e-5, .123456781), ("two", .5, .123456782) })
        {
            var run = other.Create(
                name,
                Settings(("rescale", name == "one" ? 1 / 255.0 : 1), ("scale", scale), ("zoom", name == "one" ? (ZoomRange).05 : null)));
            run.LogMetrics(1, RunStoreTests.Values(("learning_rate", rate), ("epochs_run", 20), ("accuracy", .78525641)));
            run.Finish();
        }

        var table = RunTable.Of(other);
        var text = table.ToPlainText();
        string[] shown = ["1/255 (0.00392)", "0.123456781", "0.123456782", "0.95 to 1.05", "1e-05", "0.7853"];
        Assert.All(shown, value => Assert.Contains(value, text, StringComparison.Ordinal));
        Assert.Matches("epochs_run +20 +20", text);
        Assert.Equal("0.1235", RunTable.Of(other.List().Take(1)).ParameterText("scale", 0));
        Assert.Equal("1e-05", FrameTable.Of(table.Frame, "metrics.learning_rate").Rows[0][0].Text);
        Assert.Equal("0.95 to 1.05", FrameTable.Of(table.Frame, "params.zoom").Rows[0][0].Text);
    }

    [Fact]
    public void NoRunsAreAnEmptyTable()
    {
        var table = RunTable.Of([]);
        Assert.Equal(0, table.Frame.Rows.Count);
        Assert.Contains("0 runs", table.ToPlainText(), StringComparison.Ordinal);
    }

    private static object?[] Values(DataFrame frame, string column) =>
    [
        .. Enumerable.Range(0, (int)frame.Rows.Count).Select(row => frame[column][row]),
    ];

    private static Dictionary<string, object?> Settings(params (string Name, object? Value)[] values) =>
        values.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);
}
