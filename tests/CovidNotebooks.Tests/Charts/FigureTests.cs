using System.Text.RegularExpressions;
using CovidNotebooks.Charts;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using Newtonsoft.Json.Linq;

namespace Tests.CovidNotebooks.Charts;

public partial class FigureTests
{
    public static TheoryData<string> Names => [.. Figures.Keys];

    internal static Dictionary<string, Func<Figure>> Figures { get; } = new(StringComparer.Ordinal)
    {
        ["training curves"] = () => TrainingCurves.Of(ChartData.History()),
        ["confusion matrix"] = () => ConfusionMatrixChart.Of(ChartData.Predictions.Confusion),
        ["ROC"] = () => RocChart.Of(ChartData.Predictions),
        ["ROC of two"] = () => RocChart.Compare([("a", ChartData.Predictions), ("b", ChartData.Predictions)]),
        ["precision-recall"] = () => PrecisionRecallChart.Of(ChartData.Predictions),
        ["reliability"] = () => ReliabilityDiagram.Of(ChartData.Predictions),
        ["scores by class"] = () => ScoreHistogram.ByClass(ChartData.Predictions),
        ["scores by source"] = () => ScoreHistogram.BySource(ChartData.Predictions),
        ["mean heat by class"] = () => MeanHeatMap.Of(GradCamChartTests.Maps()),
        ["mean heat by outcome"] = () => MeanHeatMap.ByOutcome(GradCamChartTests.Maps()),
        ["class balance"] = () => ClassBalanceChart.Of(ChartData.Dataset("training", 3, 5), ChartData.Dataset("test", 1, 0)),
        ["trainings compared"] = () => TrainingCurves.Compare([("a", ChartData.History()), ("b", ChartData.History(2))]),
        ["runs compared"] = () => ForestPlot.Compare([("a", EvaluationReport.Of(ChartData.Predictions))], MetricNames.Accuracy),
        ["forest"] = () => ForestPlot.Of(
            [new("a <b>", .9, new Interval(.8, .95)) { Published = .91 }, new("b", .7, null)],
            "accuracy (fraction of images)",
            reference: .5),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_chart_has_a_title_data_named_axes_and_a_width_that_fits_a_notebook(string name)
    {
        var figure = Figures[name]();
        var json = JObject.Parse(figure.ToJson());

        Assert.Contains(figure.Title, (string)json["layout"]!["title"]!["text"]!, StringComparison.Ordinal);
        Assert.NotEmpty(json["data"]!);
        Assert.All(json["data"]!, trace => Assert.NotEmpty((JArray)(trace["z"] ?? trace["y"])!));
        Assert.Equal(700, (int)json["layout"]!["width"]!);
        Assert.InRange((int)json["layout"]!["height"]!, 150, 900);
        Assert.False(string.IsNullOrWhiteSpace((string?)json["layout"]!["xaxis"]!["title"]!["text"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_html_needs_no_network_and_no_module_loader(string name)
    {
        var html = Figures[name]().ToHtml();

        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("require", html, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("<div class=\"covidnotebooks-chart\" id=\"c-", html, StringComparison.Ordinal);
        Assert.Single(PictureElement().Matches(html));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_json_in_the_script_cannot_end_it(string name)
    {
        var html = Figures[name]().ToHtml();
        var script = html[html.IndexOf("<script>", StringComparison.Ordinal)..];

        Assert.Equal(html.Length - script.Length, html.IndexOf("<script", StringComparison.Ordinal));
        Assert.Equal(1, Regex.Count(script, "</script", RegexOptions.IgnoreCase));
        var start = script.IndexOf("var figure = ", StringComparison.Ordinal) + 13;
        var json = script[start..script.IndexOf(", tries = 0", StringComparison.Ordinal)];
        Assert.DoesNotContain("<", json, StringComparison.Ordinal);
        Assert.True(JToken.DeepEquals(JToken.Parse(json), JToken.Parse(Figures[name]().ToJson())));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_scripts_and_styles_are_stripped_the_picture_is_left_and_nothing_that_asks_for_plotly_js(string name)
    {
        var html = ScriptOrStyle().Replace(Figures[name]().ToHtml(), "");

        Assert.Single(PictureElement().Matches(html));
        Assert.Equal("", Tag().Replace(html, ""));
        Assert.Contains("This chart needs plotly.js", Figures[name]().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_figures_write_equal_html_and_different_ones_have_different_ids()
    {
        var html = TrainingCurves.Of(ChartData.History()).ToHtml();

        Assert.Equal(html, TrainingCurves.Of(ChartData.History()).ToHtml());
        Assert.NotEqual(Identity(html), Identity(TrainingCurves.Of(ChartData.History(3)).ToHtml()));
    }

    [Fact]
    public void A_folded_chart_is_the_same_chart_behind_a_summary_that_is_text()
    {
        var figure = TrainingCurves.Of(ChartData.History());

        Assert.Equal(
            $"<details><summary style=\"cursor:pointer;font-size:13px\">a &lt; b</summary>\n{figure.ToHtml()}</details>",
            figure.Folded("a < b").ToHtml());
        Assert.Contains("Chart: Training curves</summary>", figure.Folded().ToHtml(), StringComparison.Ordinal);
        Assert.Equal(figure.ToPlainText(), figure.Folded().ToPlainText());
        Assert.Equal(figure.ToJson(), figure.Folded().ToJson());
    }

    /// <summary>Plotly draws its buttons over the right end of a title's line.</summary>
    [Fact]
    public void A_long_title_goes_on_in_a_line_below_with_room_for_it()
    {
        static (string Title, double Top) Drawn(string title)
        {
            var layout = JObject.Parse(TrainingCurves.Of(ChartData.History(), title).ToJson())["layout"]!;
            return (layout["title"]!["text"]!.Value<string>()!, layout["margin"]!["t"]!.Value<double>());
        }

        var one = Drawn("Heat by true class, pooling over the whole map, all of six.");
        var two = Drawn("Heat by true class, pooling over the whole map, all of six or more");
        Assert.StartsWith("<b>Heat by true class, pooling over the whole map, all of six.</b>", one.Title, StringComparison.Ordinal);
        Assert.StartsWith(
            "<b>Heat by true class, pooling over the whole map, all of six or<br>more</b>", two.Title, StringComparison.Ordinal);
        Assert.Equal(one.Top + 20, two.Top);
    }

    [Fact]
    public void The_text_names_the_traces_and_counts_their_points()
    {
        Assert.Equal(
            "Loss\n  training: 4 points\n  validation: 4 points\n  training: 4 points\n  validation: 4 points\n",
            TrainingCurves.Of(ChartData.History(), "Loss").ToPlainText());
        Assert.Contains(
            "confusion matrix: 4 points",
            ConfusionMatrixChart.Of(ChartData.Predictions.Confusion).ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_finds_the_formatters_by_convention()
    {
        var attribute = typeof(Figure).GetCustomAttributes(inherit: false)
            .Single(item => item.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        var formatters = ((FigureFormatters)Activator.CreateInstance(source)!).CreateTypeFormatters().Cast<MimeFormatter>().ToArray();

        Assert.Equal(["text/html", "application/vnd.plotly.v1+json", "text/plain"], preferred);
        Assert.Equal(preferred, formatters.Select(formatter => formatter.MimeType));
        var figure = TrainingCurves.Of(ChartData.History());
        var written = new StringWriter();
        Assert.True(formatters[1].Format(figure, written));
        Assert.Equal(figure.ToJson(), written.ToString());
    }

    private static string Identity(string html) => html.Split("id=\"")[1].Split('"')[0];

    [GeneratedRegex("<img alt=\"Chart: [^\"]+\" data-covidnotebooks-png")]
    private static partial Regex PictureElement();

    [GeneratedRegex(
        "<(?<element>script|style)>.*?</\\k<element>>| style=\"[^\"]*\"",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex ScriptOrStyle();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
