using CovidNotebooks.Charts;
using CovidNotebooks.Runs.Sweeps;
using CovidNotebooks.Training;
using Newtonsoft.Json.Linq;

namespace Tests.Runs.Sweeps;

public sealed class SweepTests : IDisposable
{
    private static readonly KerasAdam[] Rates = [new() { LearningRate = .1 }, new() { LearningRate = .0001 }];
    private readonly Data.TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_combination_is_there_once_and_its_key_is_its_own()
    {
        var items = SweepItem.Grid([("rate", [.1, .2]), ("head", ["small", "large"])], [1, 2]);
        Assert.Equal(
            [
                "rate 0.1, head small, seed 1",
                "rate 0.1, head small, seed 2",
                "rate 0.1, head large, seed 1",
                "rate 0.1, head large, seed 2",
                "rate 0.2, head small, seed 1",
            ],
            items.Take(5).Select(item => item.ToText()));
        Assert.Equal(8, items.Select(item => item.Key).Distinct().Count());

        // The same item in another sweep, its settings in another order.
        Assert.Equal(items[2].Key, SweepItem.Grid([("head", ["large"]), ("rate", [.1])], [1]).Single().Key);
        Assert.NotEqual(items[0].Key, (items[0] with { Seed = null }).Key);
        Assert.Null(SweepItem.Grid([("rate", [.1])], []).Single().Seed);
        Assert.Throws<ArgumentException>(() => SweepItem.Grid([("rate", [.1, .1])], [1]));
        Assert.Throws<ArgumentException>(() => SweepItem.Grid([("rate", [.1]), ("rate", [.2])], [1]));
        Assert.Throws<ArgumentException>(() => SweepItem.Grid([("rate", [])], [1]));
    }

    [Fact]
    public void What_has_finished_is_not_run_again_what_failed_is_and_new_seeds_are_added()
    {
        var asked = new List<(double, long)>();
        var fails = true;
        IReadOnlyDictionary<string, double> Experiment(KerasAdam optimizer, long seed)
        {
            asked.Add((optimizer.LearningRate, seed));
            return fails && seed == 2 ? throw new InvalidOperationException("no convergence") : Results(optimizer.LearningRate + seed);
        }

        var first = Sweep.Over(folder.Path, Rates, [1, 2], Experiment);
        Assert.Equal(4, asked.Count);
        Assert.Equal("4 items: 2 finished, 2 failed.", first.StatusSentence());
        Assert.Contains("learning_rate 0.1", first.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("no convergence", first.ToPlainText(), StringComparison.Ordinal);

        (fails, asked) = (false, []);
        var second = Sweep.Over(folder.Path, Rates, [1, 2, 3], Experiment);
        Assert.Equal([(.1, 2L), (.1, 3L), (.0001, 2L), (.0001, 3L)], asked);
        Assert.True(second.IsComplete);

        asked = [];
        Assert.Equal(
            second.Outcomes.Select(outcome => outcome.Results["accuracy"]),
            Sweep.Over(folder.Path, Rates, [1, 2, 3], Experiment).Outcomes.Select(outcome => outcome.Results["accuracy"]));
        Assert.Empty(asked);
    }

    [Fact]
    public void The_table_has_a_row_an_item_and_shows_means_and_spreads_over_seeds()
    {
        var sweep = Sweep.Over(folder.Path, Rates, [1, 2, 3], (optimizer, seed) => Results(optimizer.LearningRate + seed));
        Assert.Equal(["learning_rate"], sweep.DifferingSettings);
        Assert.Equal(6, sweep.Frame.Rows.Count);
        Assert.Equal(
            [.1, .1, .1, .0001, .0001, .0001], Enumerable.Range(0, 6).Select(row => (double)sweep.Frame["params.learning_rate"][row]));
        Assert.Equal([1L, 2L, 3L], Enumerable.Range(0, 3).Select(row => (long)sweep.Frame["seed"][row]));
        Assert.Equal(2.1, (double)sweep.Frame["metrics.accuracy"][1], 1e-12);

        // Of 1.1, 2.1 and 3.1: mean 2.1, standard deviation 1.
        Assert.Matches(@"0\.1 +3/3 +2\.1\d* ± 1(\.0+)?", sweep.ToPlainText());
    }

    [Fact]
    public void An_item_belongs_to_one_process_at_a_time_and_is_free_when_that_one_is_gone()
    {
        var item = new SweepItem(new Dictionary<string, object?>(StringComparer.Ordinal) { ["rate"] = .1 }, 1);
        var (here, there) = (new SweepFolder(folder.Path), new SweepFolder(folder.Path));
        Assert.Equal(SweepStatus.Waiting, here.Read(item).Status);
        using (var claim = here.TryClaim(item))
        {
            Assert.NotNull(claim);
            Assert.Null(there.TryClaim(item));
            Assert.Equal(SweepStatus.Running, there.Read(item).Status);
        }

        // Left without an end, as by a cancellation.
        Assert.Equal(SweepStatus.Waiting, there.Read(item).Status);

        // A process that was killed leaves its file and no lock.
        var file = Path.Combine(folder.Path, "items", item.Key + ".json");
        using (here.TryClaim(item))
        {
            File.Copy(file, file + ".copy");
        }

        File.Move(file + ".copy", file);
        Assert.Equal(SweepStatus.Dead, there.Read(item).Status);
        using (var again = there.TryClaim(item))
        {
            again!.Finish(Results(.5));
        }

        Assert.Equal((SweepStatus.Finished, .5), (here.Read(item).Status, here.Read(item).Results["accuracy"]));
        Assert.Null(here.TryClaim(item));

        File.WriteAllText(file, "{torn");
        Assert.Equal(SweepStatus.Failed, here.Read(item).Status);
        Assert.Contains("cannot be read", here.Read(item).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_a_sweep_and_keeps_what_has_finished()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Sweep.Over(folder.Path, Rates, [1, 2], (_, seed) =>
        {
            if (seed == 2)
            {
                stop.Cancel();
            }

            return Results(seed);
        }, cancellation: stop.Token));
        Assert.Equal("4 items: 4 finished.", Sweep.Over(folder.Path, Rates, [1, 2], (_, seed) => Results(seed)).StatusSentence());
        Assert.Throws<ArgumentException>(() => Sweep.Over(folder.Path, Rates, [], (_, seed) => Results(seed)));
        Assert.Throws<ArgumentException>(() => Sweep.Over(folder.Path, Rates, [1, 1], (_, seed) => Results(seed)));
    }

    [Fact]
    public void The_chart_has_an_axis_a_setting_and_one_for_the_result()
    {
        var sweep = Sweep.Over(folder.Path, Rates, [1, 2], (optimizer, seed) => Results(optimizer.LearningRate + seed));
        var trace = JObject.Parse(ParallelCoordinatesChart.Of(sweep).ToJson())["data"]![0]!;
        Assert.Equal("parcoords", (string)trace["type"]!);
        Assert.Equal(["learning_rate (log)", "seed", "accuracy"], trace["dimensions"]!.Select(axis => (string)axis["label"]!));
        Assert.Equal([-1, -1, -4, -4], trace["dimensions"]![0]!["values"]!.Select(value => (double)value));
        Assert.Equal(
            trace["dimensions"]![2]!["values"]!.Select(value => (double)value), trace["line"]!["color"]!.Select(value => (double)value));
        Assert.Contains(
            "accuracy",
            Assert.Throws<ArgumentException>(() => ParallelCoordinatesChart.Of(sweep, "auc")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Words_stand_on_an_axis_at_equal_distances_and_numbers_that_span_little_as_they_are()
    {
        Choice[] choices =
            [new() { Head = "small", Width = 8 }, new() { Head = "large", Width = 16 }, new() { Head = "small", Width = 16 }];
        var sweep = Sweep.Over(folder.Path, choices, [1], (choice, seed) => Results(choice.Width));
        var axes = JObject.Parse(ParallelCoordinatesChart.Of(sweep).ToJson())["data"]![0]!["dimensions"]!;
        Assert.Equal(["head", "width", "accuracy"], axes.Select(axis => (string)axis["label"]!));
        Assert.Equal([0, 1, 0], axes[0]!["values"]!.Values<double>());
        Assert.Equal(["small", "large"], axes[0]!["ticktext"]!.Values<string>());
        Assert.Equal([0, 1], axes[0]!["tickvals"]!.Values<double>());
        Assert.Equal([8, 16, 16], axes[1]!["values"]!.Values<double>());
        Assert.Null(axes[1]!["ticktext"]);
    }

    private sealed record Choice
    {
        public string Head { get; init; } = "";

        public int Width { get; init; }
    }

    private static Dictionary<string, double> Results(double accuracy) => new(StringComparer.Ordinal) { ["accuracy"] = accuracy };
}
