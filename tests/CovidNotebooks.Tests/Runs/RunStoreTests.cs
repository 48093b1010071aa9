using System.Collections.Concurrent;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;

namespace Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private static readonly Dictionary<string, object?> Settings = new(StringComparer.Ordinal)
    {
        ["epochs"] = 20,
        ["rate"] = 1e-4,
        ["single"] = .1f,
        ["name"] = "CNN \"5\" – 肺炎",
        ["flip"] = true,
        ["nothing"] = null,
        ["sizes"] = new[] { 150, 150 },
        ["nan"] = double.NaN,
    };

    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly RunStore store;

    public RunStoreTests() => store = new RunStore(folder.FullName, clock);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AFinishedRunReadsBackAsItWasWritten()
    {
        var run = store.Create("Document 5", Settings, RunEnvironment.Capture("1.13.1", "cpu", 2));
        Assert.Equal("20210304-050607-document-5", run.Id);
        run.LogMetrics(1, Values(("loss", .5), ("accuracy", 1.0 / 3)));
        run.LogMetrics(2, Values(("loss", double.NaN)));
        run.SetResults(Values(("accuracy", .8)));
        run.SetResults(Values(("auc", .9)));
        run.Save(Answers());
        clock.Advance(TimeSpan.FromSeconds(100));
        run.Finish();

        var record = Assert.Single(store.List());
        Assert.Empty(record.Problems);
        Assert.Equal((RunStatus.Finished, "Document 5"), (record.Status, record.Name));
        Assert.Equal(TimeSpan.FromSeconds(100), record.Ended - record.Started);
        Assert.Equal(["epochs", "rate", "single", "name", "flip", "nothing", "sizes", "nan"], record.Parameters.Keys);
        Assert.Equal([20L, 1e-4, .1, "CNN \"5\" – 肺炎", true, null, new object?[] { 150L, 150L }, "NaN"], record.Parameters.Values);
        Assert.Equal([.8, .9], record.Results.Values);
        Assert.Equal(1.0 / 3, record.Metrics[0].Values["accuracy"]);
        Assert.True(double.IsNaN(record.Metrics[1].Values["loss"]));
        Assert.Equal(("1.13.1", "cpu", 2), (record.Environment!.Torch, record.Environment.Device, record.Environment.Threads));
        Assert.Equal(Answers().TestSetHash, record.LoadPredictions().TestSetHash);
        Assert.Equal(record.Id, store.Load(run.Id).Id);
    }

    [Fact]
    public void TheEnvironmentNamesNoMachineAndNoPath()
    {
        using var run = store.Create("x", Settings);
        var text = File.ReadAllText(run.PathOf("run.json"));
        Assert.DoesNotContain(Environment.MachineName, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(folder.FullName, text, StringComparison.Ordinal);
    }

    [Fact]
    public void AHeartbeatKeepsARunAliveAndItsEndMakesItDead()
    {
        var run = store.Create("x", Settings);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(RunStatus.Running, store.Load(run.Id).Status);
        clock.StopTimers();
        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(RunStatus.Running, store.Load(run.Id).Status);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RunStatus.Dead, store.Load(run.Id).Status);
        Assert.Equal(RunStatus.Running, new RunStore(folder.FullName, clock) { DeadAfter = TimeSpan.FromHours(1) }.Load(run.Id).Status);
    }

    [Fact]
    public void AFailedRunHoldsItsReasonAndAnEndedOneIsNotChanged()
    {
        var run = store.Create("x", Settings);
        run.Fail("The loss became NaN in epoch 3.");
        Assert.Equal((RunStatus.Failed, "The loss became NaN in epoch 3."), (store.Load(run.Id).Status, store.Load(run.Id).Reason));
        Assert.Contains(
            "has ended",
            Assert.Throws<InvalidOperationException>(() => run.LogMetrics(1, Values(("a", 1)))).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(run.Finish);
        run.Dispose();
        Assert.Equal(RunStatus.Failed, store.Load(run.Id).Status);
    }

    [Fact]
    public void ARunThatIsLeftIsFailed()
    {
        store.Create("x", Settings).Dispose();
        Assert.Equal(RunStatus.Failed, Assert.Single(store.List()).Status);
    }

    [Fact]
    public void FilesAreRenamedIntoPlaceAndStayInsideTheRun()
    {
        using var run = store.Create("x", Settings);
        run.Save("model.safetensors", path => File.WriteAllText(path, "weights"));
        Assert.Equal(7, store.Load(run.Id).Files["model.safetensors"].Bytes);
        Assert.DoesNotContain(Directory.EnumerateFiles(run.Folder), path => path.EndsWith(".part", StringComparison.Ordinal));
        foreach (var name in (string[])["../x", "a/b", "", ".", ".."])
        {
            Assert.Throws<ArgumentException>(() => run.PathOf(name));
        }
    }

    [Fact]
    public void RunsOfTheSameSecondAreDistinct()
    {
        var ids = Enumerable.Range(0, 20).Select(_ => store.Create("same", Settings).Id).ToArray();
        Assert.Equal(20, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Throws<ArgumentException>(() => store.Create(" ", Settings));
        Assert.EndsWith("-run", store.Create("肺炎", Settings).Id, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingRunNamesTheNewest()
    {
        Assert.Contains(
            "no runs yet", Assert.Throws<DirectoryNotFoundException>(() => store.Load("nope")).Message, StringComparison.Ordinal);
        using var run = store.Create("x", Settings);
        Assert.Contains(
            run.Id, Assert.Throws<DirectoryNotFoundException>(() => store.Load("../" + run.Id)).Message, StringComparison.Ordinal);
        Assert.Empty(new RunStore(Path.Combine(folder.FullName, "nowhere")).List());
    }

    [Fact]
    public void FoldersThatAreNoRunsAreLeftAlone()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "notebooks"));
        Assert.Empty(store.List());
    }

    [Fact]
    public void EightWritersAtOnceMakeEightHundredCompleteRuns()
    {
        var ids = new ConcurrentBag<string>();
        var threads = Enumerable.Range(0, 8).Select(writer => new Thread(() =>
        {
            var own = new RunStore(folder.FullName, clock);
            for (var i = 0; i < 100; i++)
            {
                var run = own.Create("load", Settings);
                run.LogMetrics(1, Values(("writer", writer), ("run", i)));
                run.Finish();
                ids.Add(run.Id);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        var records = store.List();
        Assert.Equal(800, records.Count);
        Assert.Equal(800, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(
            records, record => Assert.Equal((RunStatus.Finished, 0, 1), (record.Status, record.Problems.Count, record.Metrics.Count)));
        Assert.Equal(
            800, records.Select(record => (record.Metrics[0].Values["writer"], record.Metrics[0].Values["run"])).Distinct().Count());
    }

    [Fact]
    public void RunsOfOneSecondAreListedInTheOrderOfTheirBeginnings()
    {
        foreach (var name in new[] { "small", "frozen", "fine-tuned" })
        {
            store.Create(name, Settings).Finish();
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        store.Create("another", Settings).Finish();
        Assert.Equal(["small", "frozen", "fine-tuned", "another"], store.List().Select(run => run.Name));
    }

    internal static Dictionary<string, double> Values(params (string Name, double Value)[] values) =>
        values.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);

    internal static Predictions Answers() =>
        new(["NORMAL", "PNEUMONIA"], [new("a.png", "p1", "paper", 0, [.75, .25], .28), new("b.png", null, null, 1, [.125, .875], .13)]);
}
