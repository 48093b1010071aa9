using CovidNotebooks.Charts;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;
using Newtonsoft.Json.Linq;

namespace Tests.CovidNotebooks.Charts;

public class ChartContentTests
{
    [Fact]
    public void Training_curves_mark_the_best_epoch_in_both_panels_and_say_why_training_ended()
    {
        var layout = Layout(TrainingCurves.Of(ChartData.History()));

        Assert.Equal([3.0, 3.0], layout["shapes"]!.Select(shape => (double)shape["x0"]!));
        Assert.All(layout["annotations"]!, note => Assert.Equal("best: 3", (string)note["text"]!));
        var title = (string)layout["title"]!["text"]!;
        Assert.Contains("best epoch 3 (validation loss 0.2000)", title, StringComparison.Ordinal);
        Assert.Contains("all 4 epochs were run", title, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_curves_leave_a_gap_where_a_loss_is_not_finite_and_no_validation_curve_where_nothing_was_validated()
    {
        var history = new TrainingHistory(
            [new(1, .5, .7, null, null, 1), new(2, double.NaN, .5, null, null, 1)], StopReason.LossNotFinite, "the loss of epoch 2 is NaN");
        var traces = Traces(TrainingCurves.Of(history));

        Assert.Equal(2, traces.Count());
        Assert.Equal(JTokenType.Null, traces.First()["y"]![1]!.Type);
        Assert.Throws<ArgumentException>(() => TrainingCurves.Of(new TrainingHistory([], StopReason.None, "")));
    }

    [Fact]
    public void Trainings_are_overlaid_in_their_own_colours_and_dotted_where_nothing_was_validated()
    {
        var blind = new TrainingHistory(
            [new(1, .5, .7, null, null, 1), new(2, .4, .8, null, null, 1)], StopReason.AllEpochsRun, "all 2 epochs were run");
        var figure = TrainingCurves.Compare([("one", ChartData.History()), ("two <b>", blind)], "Two");
        var traces = Traces(figure).ToArray();

        Assert.Equal(4, traces.Length);
        Assert.Equal([.5, .5, .2, .5], traces[0]["y"]!.Values<double>());
        Assert.Equal([.7, .8], traces[3]["y"]!.Values<double>());
        Assert.Equal(["solid", "solid", "dot", "dot"], traces.Select(trace => (string)trace["line"]!["dash"]!));
        Assert.Equal((string)traces[2]["line"]!["color"]!, (string)traces[3]["line"]!["color"]!);
        Assert.NotEqual((string)traces[0]["line"]!["color"]!, (string)traces[2]["line"]!["color"]!);
        Assert.Equal([true, false, true, false], traces.Select(trace => (bool)trace["showlegend"]!));
        Assert.Contains("nothing was validated", (string)Layout(figure)["title"]!["text"]!, StringComparison.Ordinal);
        Assert.Null(Layout(figure)["yaxis"]!["type"]);
        var exploded = new TrainingHistory([new(1, 500, .5, null, null, 1)], StopReason.AllEpochsRun, "");
        Assert.Equal(
            "log", (string)Layout(TrainingCurves.Compare([("one", ChartData.History()), ("exploded", exploded)]))["yaxis"]!["type"]!);
        Assert.Throws<ArgumentException>(() => TrainingCurves.Compare([]));
        Assert.Contains(
            "'none'",
            Assert.Throws<ArgumentException>(
                () => TrainingCurves.Compare([("none", new TrainingHistory([], StopReason.None, ""))])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_confusion_matrix_is_coloured_by_row_and_each_cell_has_count_and_percentage()
    {
        var figure = ConfusionMatrixChart.Of(ConfusionMatrix.Of(new[,] { { 163, 71 }, { 18, 342 } }, ["NORMAL", "PNEUMONIA"]));

        Assert.Equal(69.6581, (double)Traces(figure).Single()["z"]![0]![0]!, 4);
        Assert.Equal(
            ["<b>163</b><br>69.7 %", "<b>71</b><br>30.3 %", "<b>18</b><br>5.0 %", "<b>342</b><br>95.0 %"],
            Layout(figure)["annotations"]!.Select(note => (string)note["text"]!));
        Assert.Equal("predicted class", (string)Layout(figure)["xaxis"]!["title"]!["text"]!);
        Assert.Equal("true class", (string)Layout(figure)["yaxis"]!["title"]!["text"]!);
    }

    [Fact]
    public void A_class_without_images_has_no_percentage()
    {
        var figure = ConfusionMatrixChart.Of(ConfusionMatrix.Of(new[,] { { 0, 0 }, { 1, 3 } }, ["a", "b"]));

        Assert.Equal(JTokenType.Null, Traces(figure).Single()["z"]![0]![0]!.Type);
        Assert.Equal("<b>0</b>", (string)Layout(figure)["annotations"]![0]!["text"]!);
    }

    [Fact]
    public void The_roc_band_holds_the_curve_and_the_decision_stands_on_it()
    {
        var traces = Traces(RocChart.Of(ChartData.Predictions)).ToArray();

        Assert.Equal(
            ["95 % band", "ROC curve", "threshold 0.5: sensitivity 0.667, specificity 0.667"],
            traces.Select(trace => (string)trace["name"]!));
        Assert.Equal(1.0 / 3, (double)traces[2]["x"]![0]!, 5);
        Assert.Equal(2.0 / 3, (double)traces[2]["y"]![0]!, 5);
        // By hand: at that threshold two of three positives are called, Wilson's 95 % interval is [0.2077, 0.9385], and one of three
        // negatives, [0.0615, 0.7923].
        var band = traces[0]["x"]!.Values<double>().Zip(traces[0]["y"]!.Values<double>()).ToArray();
        Assert.Contains(band, point => Math.Abs(point.First - .0615) < 1e-4 && Math.Abs(point.Second - .9385) < 1e-4);
        Assert.Contains(band, point => Math.Abs(point.First - .7923) < 1e-4 && Math.Abs(point.Second - .2077) < 1e-4);
    }

    [Fact]
    public void Scores_are_counted_in_bins_and_the_misclassified_ones_apart()
    {
        var traces = Traces(ScoreHistogram.ByClass(ChartData.Predictions, bins: 10)).ToArray();

        Assert.Equal([1, 0, 0, 1, 0, 0, 0, 0, 0, 0], traces[0]["y"]!.Values<int>());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 0, 0], traces[1]["y"]!.Values<int>());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 1], traces[2]["y"]!.Values<int>());
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 0, 0, 0], traces[3]["y"]!.Values<int>());
        Assert.Equal(6, traces.Sum(trace => trace["y"]!.Values<int>().Sum()));
    }

    [Fact]
    public void Scores_by_source_have_one_panel_a_source_and_the_rest_together()
    {
        var many = new Predictions(
            ["a", "b"], [.. Enumerable.Range(0, 24).Select(i => new Prediction($"{i}", null, $"source {i % 12}", i % 2, [.3, .7], 0))]);

        Assert.Equal(3, Layout(ScoreHistogram.BySource(ChartData.Predictions))["annotations"]!.Count());
        var titles = Layout(ScoreHistogram.BySource(many))["annotations"]!.Select(note => (string)note["text"]!).ToArray();
        Assert.Equal(8, titles.Length);
        Assert.Equal("<b>5 other sources</b>, 10 images", titles[^1]);
    }

    [Fact]
    public void The_reliability_of_hand_made_scores_is_their_fraction_of_positives()
    {
        var traces = Traces(ReliabilityDiagram.Of(ChartData.Predictions, bins: 2)).ToArray();

        Assert.Equal(
            [(.05 + .30 + .41) / 3, (.72 + .88 + .97) / 3],
            traces[0]["x"]!.Values<double>().ToArray(),
            (one, other) => Math.Abs(one - other) < 1e-5);
        Assert.Equal([.333333, .666667], traces[0]["y"]!.Values<double>());
        Assert.Equal([3, 3], traces[1]["y"]!.Values<int>());
    }

    [Fact]
    public void Class_balance_labels_counts_with_their_share()
    {
        var traces = Traces(ClassBalanceChart.Of(ChartData.Dataset("training", 1341, 3875), ChartData.Dataset("empty", 0, 0))).ToArray();

        Assert.Equal(["1,341 (25.7 %)", "0"], traces[0]["text"]!.Values<string>());
        Assert.Equal([3875, 0], traces[1]["x"]!.Values<int>());
        Assert.Throws<ArgumentException>(() => ClassBalanceChart.Of());
    }

    [Fact]
    public void A_forest_row_shows_its_interval_and_what_was_published()
    {
        var figure = ForestPlot.Of([new("a", .9, new Interval(.8, .95)) { Published = .91 }, new("b", .7, null)], "accuracy");
        var traces = Traces(figure).ToArray();

        Assert.Equal(.05, (double)traces[0]["error_x"]!["array"]![0]!, 9);
        Assert.Equal(.1, (double)traces[0]["error_x"]!["arrayminus"]![0]!, 9);
        Assert.Equal(.91, (double)traces[1]["x"]![0]!, 9);
        Assert.Equal(JTokenType.Null, traces[1]["x"]![1]!.Type);
        Assert.Equal(["0.900 [0.800, 0.950]", "0.700 (no interval)"], Layout(figure)["annotations"]!.Select(note => (string)note["text"]!));
        Assert.Throws<ArgumentException>(() => ForestPlot.Of([], "accuracy"));
    }

    [Fact]
    public void A_report_and_a_comparison_become_rows_of_what_lies_between_0_and_1()
    {
        var report = EvaluationReport.Of(ChartData.Predictions);
        var estimates = Traces(ForestPlot.Of(report)).Single();
        Assert.Contains(.6666, estimates["x"]!.Values<double>(), new Near(.001));
        Assert.DoesNotContain("log loss", ForestPlot.Of(report).ToJson(), StringComparison.Ordinal);

        var comparison = new PublishedComparison("Document", [
            new PublishedResult(MetricNames.Accuracy, .81, 2, report[MetricNames.Accuracy]),
            new PublishedResult("loss", 1.2, 1, report[MetricNames.LogLoss]),
            new PublishedResult("nobody has it", .5, 1, null),
        ]);
        var traces = Traces(ForestPlot.Of(comparison)).ToArray();
        Assert.Equal(["estimate", "published"], traces.Select(trace => (string)trace["name"]!));
        Assert.Equal([.81], traces[1]["x"]!.Values<double>());
    }

    [Fact]
    public void Runs_are_compared_by_one_metric_and_those_without_it_are_named()
    {
        var oneClass = new Predictions(ChartData.ClassNames, [.. ChartData.Predictions.Items.Where(item => item.Label == 1)]);
        (string, EvaluationReport)[] runs =
        [
            ("first", EvaluationReport.Of(ChartData.Predictions)),
            ("only positives", EvaluationReport.Of(oneClass)),
        ];
        var accuracy = ForestPlot.Compare(
            runs, MetricNames.Accuracy, published: new Dictionary<string, double>(StringComparer.Ordinal) { ["first"] = .9 });
        var traces = Traces(accuracy).ToArray();

        // Four of six are right, two of three; Wilson's 95 % interval of 4/6 is [0.300, 0.903].
        Assert.Equal([.666667, .666667], traces[0]["x"]!.Values<double>());
        Assert.Equal(
            (.9032 - .6667, .6667 - .3000),
            ((double)traces[0]["error_x"]!["array"]![0]!, (double)traces[0]["error_x"]!["arrayminus"]![0]!),
            (one, other) => Math.Abs(one.Item1 - other.Item1) < 2e-4 && Math.Abs(one.Item2 - other.Item2) < 2e-4);
        Assert.Equal([.9, null], traces[1]["x"]!.Values<double?>());
        Assert.Equal(["first", "only positives"], Layout(accuracy)["yaxis"]!["ticktext"]!.Values<string>());
        Assert.Equal("All runs: accuracy", accuracy.Title);

        var auc = ForestPlot.Compare(runs, MetricNames.RocAuc, reference: .5);
        Assert.Single(Traces(auc).Single()["x"]!);
        Assert.Contains("not defined for only positives", (string)Layout(auc)["title"]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("area under the ROC curve on the test images", (string)Layout(auc)["xaxis"]!["title"]!["text"]!);
        Assert.Contains(
            "not defined in any of the runs only positives",
            Assert.Throws<ArgumentException>(() => ForestPlot.Compare([runs[1]], MetricNames.RocAuc)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ForestPlot.Compare([], MetricNames.Accuracy));
        Assert.Throws<KeyNotFoundException>(() => ForestPlot.Compare(runs, "nobody has it"));
    }

    [Fact]
    public void A_precision_recall_chart_has_the_points_by_hand_and_the_prevalence()
    {
        // From the top of ChartData's scores: + + - + - -; after each, precision 1, 1, 2/3, 3/4, 3/5, 3/6 at recall 1/3, 2/3, 2/3, 1, 1, 1;
        // then the end point.
        var figure = PrecisionRecallChart.Of(ChartData.Predictions);
        var curve = Traces(figure).Single();
        Assert.Equal([1, 1, 1, .666667, .666667, .333333, 0], curve["x"]!.Values<double>());
        Assert.Equal([.5, .6, .75, .666667, 1, 1, 1], curve["y"]!.Values<double>());
        var line = Layout(figure)["shapes"]!.Single();
        Assert.Equal((0, 1, .5, .5), ((double)line["x0"]!, (double)line["x1"]!, (double)line["y0"]!, (double)line["y1"]!));
        Assert.Contains(": 0.500", (string)Layout(figure)["annotations"]!.Single()["text"]!, StringComparison.Ordinal);
        Assert.Contains("average precision 0.917", (string)Layout(figure)["title"]!["text"]!, StringComparison.Ordinal);

        var rare = PrecisionRecallChart.Of(new Predictions(ChartData.ClassNames, [.. ChartData.Predictions.Items.SkipLast(2)]));
        Assert.Equal(.25, (double)Layout(rare)["shapes"]!.Single()["y0"]!);
    }

    [Fact]
    public void Compared_roc_curves_are_named_with_their_areas_and_differ_in_colour_and_dash()
    {
        var inverted = new Predictions(
            ChartData.ClassNames, [.. ChartData.Predictions.Items.Select(item => item with { Scores = [item.Scores[1], item.Scores[0]] })]);
        var traces = Traces(RocChart.Compare([("a <i>", ChartData.Predictions), ("b", inverted)])).ToArray();

        // Of nine pairs the positive one scores higher in all but .41 < .72, so 8/9. Placements 1, 1, 2/3 of either class: DeLong's
        // variance is twice (1/27) / 3, and 1.96 of its roots are .308.
        Assert.StartsWith("a &lt;i&gt;: 0.889 [", (string)traces[0]["name"]!, StringComparison.Ordinal);
        Assert.StartsWith("b: 0.111 [", (string)traces[1]["name"]!, StringComparison.Ordinal);
        Assert.EndsWith(", 1.000]", (string)traces[0]["name"]!, StringComparison.Ordinal);
        Assert.EndsWith("[0.000, 0.419]", (string)traces[1]["name"]!, StringComparison.Ordinal);
        Assert.NotEqual((string)traces[0]["line"]!["color"]!, (string)traces[1]["line"]!["color"]!);
        Assert.NotEqual((string)traces[0]["line"]!["dash"]!, (string)traces[1]["line"]!["dash"]!);
        Assert.Equal([0, 0, 0, .333333, .333333, 1], traces[0]["x"]!.Values<double>());
        Assert.Equal([0, .333333, .666667, .666667, 1, 1], traces[0]["y"]!.Values<double>());
    }

    [Fact]
    public void The_area_of_a_roc_curve_has_the_interval_of_the_report_on_the_same_predictions()
    {
        var grouped = new Predictions(
            ChartData.ClassNames, [.. ChartData.Predictions.Items.Select((item, i) => item with { Group = $"{i / 2}" })]);
        var separated = new Predictions(
            ChartData.ClassNames,
            [.. ChartData.Predictions.Items.Select(item => item with { Scores = item.Label == 0 ? [1, 0] : [0, 1] })]);
        foreach (var (predictions, method) in new[] { (ChartData.Predictions, "DeLong"), (grouped, "jackknife by group") })
        {
            var area = EvaluationReport.Of(predictions)[MetricNames.RocAuc];
            var subtitle = Words((string)Layout(RocChart.Of(predictions))["title"]!["text"]!);
            Assert.Contains($"area 0.889, 95 % interval {area.Interval} ({method});", subtitle, StringComparison.Ordinal);
            var compared = RocChart.Compare([("one", predictions), ("none", separated)]);
            Assert.Equal(
                [$"one: 0.889 {area.Interval}", "none: 1.000 (no interval)"], Traces(compared).Select(trace => (string)trace["name"]!));
            Assert.Contains(
                $"with its 95 % interval ({method})", Words((string)Layout(compared)["title"]!["text"]!), StringComparison.Ordinal);
        }

        Assert.Contains(
            "area 1.000, no interval: the variance is 0",
            Words((string)Layout(RocChart.Of(separated))["title"]!["text"]!),
            StringComparison.Ordinal);
        Assert.Contains(
            "DeLong or jackknife by group",
            Words((string)Layout(RocChart.Compare([("a", ChartData.Predictions), ("b", grouped)]))["title"]!["text"]!),
            StringComparison.Ordinal);

        // A caption is broken into lines where it is too long for the figure.
        static string Words(string title) => title.Replace("<br>", " ", StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_of_one_class_leave_the_other_panel_empty()
    {
        var oneClass = new Predictions(ChartData.ClassNames, [.. ChartData.Predictions.Items.Where(item => item.Label == 1)]);
        var figure = ScoreHistogram.ByClass(oneClass, bins: 2);
        var traces = Traces(figure).ToArray();
        Assert.Equal([0, 0, 0, 0], traces[0]["y"]!.Concat(traces[1]["y"]!).Values<int>());
        Assert.Equal([0, 2], traces[2]["y"]!.Values<int>());
        Assert.Equal([1, 0], traces[3]["y"]!.Values<int>());
        Assert.Contains("<b>NORMAL</b>, 0 images", Layout(figure)["annotations"]!.Select(note => (string)note["text"]!));
    }

    [Fact]
    public void A_reliability_diagram_of_a_given_curve_has_Wilsons_intervals()
    {
        // 8 answers of confidence .7, 6 of them right: Wilson's 95 % interval of 6/8 is [0.4093, 0.9285].
        var curve = CalibrationCurve.OfTopLabel([.. Enumerable.Repeat(.7, 8)], [true, true, true, true, true, true, false, false]);
        var figure = ReliabilityDiagram.Of(curve, "a right answer", "Three classes");
        var trace = Traces(figure).First();
        Assert.Equal((.7, .75), ((double)trace["x"]![0]!, (double)trace["y"]![0]!));
        Assert.Equal(.9285 - .75, (double)trace["error_y"]!["array"]![0]!, 5e-5);
        Assert.Equal(.75 - .4093, (double)trace["error_y"]!["arrayminus"]![0]!, 5e-5);
        Assert.Contains("expected calibration error 0.050; bars: 95 % Wilson intervals that take images for independent",
            ((string)Layout(figure)["title"]!["text"]!).Replace("<br>", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("fraction that is a right answer", (string)Layout(figure)["yaxis"]!["title"]!["text"]!);
    }

    [Fact]
    public void A_documents_counts_stand_above_our_numbers_with_what_they_allow()
    {
        // Document 4's matrix, covid first: 730 of 800 are right.
        var document = BinaryMetrics.Of(ConfusionMatrix.Of(new[,] { { 471, 29 }, { 41, 259 } }, ["Covid", "Normal"]), positiveClass: 0);
        var figure = ForestPlot.Of(document, EvaluationReport.Of(ChartData.Predictions), "ours", reference: .5);
        Assert.Equal(
            [
                "accuracy: document", "accuracy: ours", "sensitivity: document", "sensitivity: ours", "specificity: document",
                "specificity: ours", "precision: document", "precision: ours",
            ],
            Layout(figure)["yaxis"]!["ticktext"]!.Values<string>());
        var trace = Traces(figure).Single();
        Assert.Equal([.9125, .666667, .942, .666667, .863333, .666667, .919922, .666667], trace["x"]!.Values<double>());

        // Wilson's 95 % interval of 730/800 is [0.8909, 0.9302].
        Assert.Equal(.9302 - .9125, (double)trace["error_x"]!["array"]![0]!, 5e-5);
        Assert.Equal(.5, (double)Layout(figure)["shapes"]!.Single()["x0"]!);
    }

    [Fact]
    public void Repeated_experiments_are_drawn_by_their_mean_and_their_lowest_and_highest_run()
    {
        var results = Repeat.Over([1, 2, 3],
            seed => new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = .5 + (.1 * seed) });
        var figure = ForestPlot.Ranges("Three seeds", ("net", results));
        var trace = Traces(figure).Single();
        Assert.Equal((.7, .1, .1), ((double)trace["x"]![0]!, Math.Round((double)trace["error_x"]!["array"]![0]!, 6),
            Math.Round((double)trace["error_x"]!["arrayminus"]![0]!, 6)));
        Assert.Equal(["net: accuracy"], Layout(figure)["yaxis"]!["ticktext"]!.Values<string>());
        Assert.Contains("bars: lowest and highest run", (string)Layout(figure)["title"]!["text"]!, StringComparison.Ordinal);
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double obj) => 0;
    }

    private static JToken Layout(Figure figure) => JObject.Parse(figure.ToJson())["layout"]!;

    private static JEnumerable<JToken> Traces(Figure figure) => JObject.Parse(figure.ToJson())["data"]!.Children();
}
