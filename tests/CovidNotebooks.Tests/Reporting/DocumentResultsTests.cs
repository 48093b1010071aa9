using CovidNotebooks.Charts;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;
using Tests.Runs;

namespace Tests.Reporting;

public sealed class DocumentResultsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly RunStore store;

    public DocumentResultsTests() => store = new RunStore(folder.FullName, clock);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Published_numbers_stand_beside_those_of_the_run_as_published()
    {
        Store("05-as-published", new Document5(), ("data", "chest-xray-pneumonia"), ("variant", "as published"));
        Store("05-corrected", new Document5(), ("data", "chest-xray-pneumonia"), ("variant", "corrected"), ("threshold", .65));
        Store("01-as-published", new Document1(), ("data", "xray-25"), ("weights", "a trunk of our own"));

        var results = Results();

        Assert.Equal([1, 5], results.Compared.Select(item => item.Protocol.Number));
        Assert.Equal([2, 3, 4], results.Missing);
        Assert.Empty(results.Problems);
        var lines = results.ToMarkdown().Split('\n');

        // 9 of 10 with Wilson's interval [.596, .982], by hand: the one false alarm has a score of .6.
        Assert.Contains("| 5 | accuracy | 0.81 | 0.900 | [0.596, 0.982] | 10 | inside the interval |", lines);
        Assert.Contains(
            "| 1 | accuracy | 0.9000 | 0.900 | [0.596, 0.982] | 10 | not comparable: other weights than ImageNet's: a trunk of our own |",
            lines);
        Assert.Contains("| 1 | sensitivity | 1.0000 | 1.000 | [0.566, 1.000] | 10 | not comparable, as above |", lines);
        Assert.Contains("| 3 | – | – | – | – | – | no run as published is stored |", lines);

        // The short table, a row a document; of the hindrance what comes first.
        var rows = results.ToSummaryMarkdown().TrimEnd().Split('\n');
        Assert.Equal(2 + 5, rows.Length);
        Assert.EndsWith("| 0.9000 | 0.900 | [0.596, 0.982] | 10 | not comparable: other weights than ImageNet's |", rows[2],
            StringComparison.Ordinal);
        Assert.EndsWith("| – | – | – | – | no run as published is stored |", rows[4], StringComparison.Ordinal);
        Assert.EndsWith("| 0.81 | 0.900 | [0.596, 0.982] | 10 | inside the interval |", rows[6], StringComparison.Ordinal);

        // From a score of .65 on nothing is wrong any more.
        Assert.Contains(
            lines, line => line.StartsWith("| 5 | corrected | 10 | 1.000 | [0.722, 1.000] | 1.000 |", StringComparison.Ordinal));
        Assert.Contains("training accuracy", results.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("training accuracy", results.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_runs_as_published_the_newest_counts_and_a_run_given_twice_counts_once()
    {
        Store("05-as-published", new Document5(), ("data", "phantoms"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Store("05-as-published", new Document5(), ("data", "chest-xray-pneumonia"));

        var results = DocumentResults.Of([.. store.List(), .. store.List()], Quick);

        Assert.Equal(2, results.Runs.Count);
        Assert.Equal("chest-xray-pneumonia", results.Compared.Single().Run.Run.Parameters["data"]);
        Assert.Single(results.OthersTable().Rows);
    }

    [Fact]
    public void Without_runs_every_document_is_missing_and_a_broken_run_is_told()
    {
        Assert.Equal([1, 2, 3, 4, 5], DocumentResults.Of([]).Missing);
        var run = Store("05-as-published", new Document5(), ("data", "chest-xray-pneumonia"));
        File.Delete(Path.Combine(run.Folder, "predictions.csv"));

        var results = Results();

        Assert.Empty(results.Runs);
        Assert.Contains("no predictions.csv", results.Problems.Single(), StringComparison.Ordinal);
        Assert.Contains("no run as published is stored", results.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_as_published_is_not_the_documents_run()
    {
        Store("02-base-as-published", new Document2(), ("data", "covid-ct"));
        Store("02-third-as-published", new Document2(), ("data", "covid-ct"), ("variant", "as published"));

        Assert.Equal("02-third-as-published", Results().Compared.Single().Run.Run.Name);
        Assert.Equal("02-base-as-published", Results().Runs.Single(run => !run.IsAsPublished).ShortName);
    }

    [Fact]
    public void A_run_of_no_document_keeps_its_name()
    {
        Store("my-own", protocol: null, ("data", "xray-25"));

        Assert.Null(Results().Runs.Single().Document);
        Assert.Equal("my-own", Results().Runs.Single().ShortName);
        Assert.Equal("my-own", Results().OthersTable().Rows.Single()[1].Text);
    }

    [Fact]
    public void Every_two_runs_on_the_same_images_are_a_pair_and_others_are_none()
    {
        Assert.Contains("No two of these runs", Results().PairsTable().ToPlainText(), StringComparison.Ordinal);
        Store("05-as-published", new Document5(), ("data", "chest-xray-pneumonia"), ("variant", "as published"));
        Store("05-corrected", new Document5(), ("data", "chest-xray-pneumonia"), ("variant", "corrected"), ("threshold", .65));
        Store("01-as-published", new Document1(), ("data", "xray-25")); // another positive class
        var blocks = Results().PairsTable().Blocks;
        Assert.Equal("In 0 of 1 pair of runs one errs on more images than chance would have it (p < .05).",
            Assert.IsType<Paragraph>(blocks[0]).Text);
        var table = Assert.IsType<Table>(Assert.IsType<Folded>(blocks[1]).Content.Blocks.Single());

        // The threshold repairs the one false alarm; the scores, and so the AUCs, are the same.
        var row = table.Rows.Single().Select(cell => cell.Text).ToArray();
        Assert.Equal(["5, as published", "5, corrected", "10", "0", "1", "1.0000", "McNemar, exact"], row[..7]);
        Assert.StartsWith("0.000 [", row[8], StringComparison.Ordinal);
        Assert.Equal(["1.0000", "DeLong"], row[9..]);
    }

    [Fact]
    public void A_metric_of_all_runs_is_drawn_with_what_was_published_where_it_may_be_compared()
    {
        Store("05-as-published", new Document5(), ("data", "chest-xray-pneumonia"));
        Store("01-as-published", new Document1(), ("data", "xray-25"), ("weights", "a trunk of our own"));
        var accuracy = Newtonsoft.Json.Linq.JObject.Parse(Assert.IsType<Figure>(Results().Forest(MetricNames.Accuracy)).ToJson());
        Assert.Equal(["1, as published", "5, as published"], accuracy["layout"]!["yaxis"]!["ticktext"]!.Select(name => (string)name!));
        Assert.Equal([null, .81], accuracy["data"]![1]!["x"]!.Select(value => (double?)value));
        Assert.Equal("accuracy: defined in no run.",
            Assert.IsType<Paragraph>(DocumentResults.Of([]).Forest(MetricNames.Accuracy)).Text);
    }

    [Fact]
    public void Trainings_are_drawn_together_by_document_and_runs_without_a_log_are_left_out()
    {
        Assert.Empty(Results().LearningCurves());
        Store("05-as-published", new Document5(), ("data", "chest-xray-pneumonia"));
        Assert.Empty(Results().LearningCurves());
        Trained("05-corrected", new Document5());
        Trained("my-own", protocol: null);
        Assert.Equal(["Trainings of document 5", "Trainings of no document"], Results().LearningCurves().Select(figure => figure.Title));
    }

    private static EvaluationOptions Quick => new() { Resamples = 100 };

    private DocumentResults Results() => DocumentResults.Of(store.List(), Quick);

    private void Trained(string name, Protocol? protocol) => Store(name, protocol, [("data", "phantoms")], run => run.LogMetrics(1,
        new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = .5, ["accuracy"] = .8 }));

    private RunRecord Store(string name, Protocol? protocol, params (string Name, object? Value)[] settings) =>
        Store(name, protocol, settings, _ => { });

    private RunRecord Store(string name, Protocol? protocol, (string Name, object? Value)[] settings, Action<Run> log)
    {
        var parameters = settings.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);
        parameters["document"] = protocol?.Number;
        var run = store.Create(name, parameters);
        log(run);
        var positive = protocol?.PositiveClass ?? 1;
        run.Save(
            new Predictions(
                protocol?.ClassNames ?? ["n", "p"],
                [.. Enumerable.Range(0, 10).Select(i => Answer(i, i % 2 == 0, i == 1 ? .6 : i % 2 == 0 ? .9 : .2, positive))],
                positive));
        run.Finish();
        return store.Load(run.Id);
    }

    private static Prediction Answer(int number, bool isPositive, double score, int positive) =>
        new($"{number}.png", null, null, isPositive ? positive : 1 - positive, positive == 1 ? [1 - score, score] : [score, 1 - score], .1);
}
