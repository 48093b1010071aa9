using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Newtonsoft.Json.Linq;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Chart2D = Plotly.NET.Chart2D.Chart;

namespace Tests.Plotly.NET;

public class GenericChartTests
{
    [Fact]
    public void A_trace_made_by_hand_is_written_with_its_type_first_and_doubles_with_a_point()
    {
        var trace = new Trace("bar");
        trace.SetValue("y", new[] { 1.0, 2.5, double.NaN });
        ((dynamic)trace).error_y = new { type = "data", visible = true };

        var json = GenericChart.toJson(GenericChart.ofTraceObject(useDefaults: false, trace));

        Assert.Equal("""{"data":[{"type":"bar","y":[1.0,2.5,"NaN"],"error_y":{"type":"data","visible":true}}],"layout":{},"config":{}}""", json);
    }

    [Fact]
    public void Defaults_give_a_size_a_template_and_a_responsive_configuration()
    {
        var json = JObject.Parse(GenericChart.toJson(Chart2D.Line<int, double, string>([1, 2], [.5, .25])));

        Assert.Equal(600, (int)json["layout"]!["width"]!);
        Assert.Equal(600, (int)json["layout"]!["height"]!);
        Assert.Equal("#E5ECF6", (string)json["layout"]!["template"]!["layout"]!["plot_bgcolor"]!);
        Assert.True((bool)json["config"]!["responsive"]!);
        Assert.Equal("lines", (string)json["data"]![0]!["mode"]!);
        Assert.Equal("scatter", (string)json["data"]![0]!["type"]!);
    }

    [Fact]
    public void Combining_appends_traces_and_annotations_and_the_last_title_wins()
    {
        var first = Chart2D.Point<int, int, string>([1], [1], Name: "a").WithTitle("first").WithAnnotation(Note("n1"));
        var second = Chart2D.Point<int, int, string>([2], [2], Name: "b").WithTitle("second").WithAnnotation(Note("n2"));

        var json = JObject.Parse(GenericChart.toFigureJson(Chart.Combine([first, second])));

        Assert.Equal(["a", "b"], json["data"]!.Select(trace => (string)trace["name"]!));
        Assert.Equal("second", (string)json["layout"]!["title"]!["text"]!);
        Assert.Equal(["n1", "n2"], json["layout"]!["annotations"]!.Select(note => (string)note["text"]!));
        Assert.Empty(json["frames"]!);
    }

    [Fact]
    public void With_functions_change_the_layout_of_the_chart_that_they_are_called_on()
    {
        var chart = Chart2D.Point<int, int, string>([1], [1]);
        chart.WithTitle("T").WithSize(500, 300);

        var layout = GenericChart.getLayout(chart);
        Assert.Equal("T", layout.TryGetTypedValue<Title>("title").Value.TryGetTypedValue<string>("text").Value);
        Assert.Equal((500, 300), (GenericChart.tryGetLayoutSize(chart).Item1.Value, GenericChart.tryGetLayoutSize(chart).Item2.Value));
    }

    [Fact]
    public void A_grid_gives_each_chart_its_own_axes_and_each_title_its_place()
    {
        var charts = new[] { 1, 2, 3 }.Select(i => Chart2D.Point<int, int, string>([i], [i])).ToArray();

        var grid = Chart.Grid<IEnumerable<string>, IEnumerable<GenericChart>>(
            2, 2, SubPlotTitles: FSharpOption<IEnumerable<string>>.Some(["A", "B", "C"])).Invoke(charts);
        var json = JObject.Parse(GenericChart.toJson(grid));

        Assert.Equal(["x", "x2", "x3"], json["data"]!.Select(trace => (string)trace["xaxis"]!));
        Assert.Equal(["y", "y2", "y3"], json["data"]!.Select(trace => (string)trace["yaxis"]!));
        Assert.Equal("independent", (string)json["layout"]!["grid"]!["pattern"]!);
        var titles = json["layout"]!["annotations"]!;
        Assert.Equal(titles[0]!["y"], titles[1]!["y"]);
        Assert.True((double)titles[2]!["y"]! < (double)titles[0]!["y"]!);
        Assert.Equal(1, (double)titles[0]!["y"]!, 9);
        Assert.Equal(1, (double)titles[0]!["x"]! + (double)titles[1]!["x"]!, 9);
    }

    [Fact]
    public void Columns_stand_and_bars_lie_and_styles_reach_the_trace()
    {
        var column = Trace(Chart2D.Column<int, string, string, int, int>([3, 4], Keys: new[] { "a", "b" }, MarkerColor: Color.fromHex("#0072B2"))
            .WithYErrorStyle<double, double>(Array: new[] { .1, .2 }));
        Assert.Equal("v", (string)column["orientation"]!);
        Assert.Equal(["a", "b"], column["x"]!.Values<string>());
        Assert.Equal("rgba(0, 114, 178, 1.0)", (string)column["marker"]!["color"]!);
        Assert.Equal([.1, .2], column["error_y"]!["array"]!.Values<double>());

        var bar = Trace(Chart2D.Bar<int, string, string, int, int>([3, 4], Keys: new[] { "a", "b" }));
        Assert.Equal("h", (string)bar["orientation"]!);
        Assert.Equal([3, 4], bar["x"]!.Values<int>());
    }

    [Fact]
    public void An_annotated_heatmap_writes_one_annotation_a_cell()
    {
        var chart = Chart2D.AnnotatedHeatmap<double[], double, string[], string, string, string>(
            [[1.0, 2.0], [3.0, 4.0]], [["a", "b"], ["c", "d"]], ColorScale: StyleParam.Colorscale.Viridis, ReverseYAxis: true);
        var json = JObject.Parse(GenericChart.toJson(chart));

        Assert.Equal(["a", "b", "c", "d"], json["layout"]!["annotations"]!.Select(note => (string)note["text"]!));
        Assert.Equal("reversed", (string)json["layout"]!["yaxis"]!["autorange"]!);
        Assert.Equal("Viridis", (string)json["data"]![0]!["colorscale"]!);
        Assert.Throws<ArgumentException>(() => Chart2D.AnnotatedHeatmap<double[], double, string[], string, string, string>([[1.0]], []));
    }

    [Fact]
    public void The_fragment_has_no_reference_to_a_script_and_the_page_has_the_one_that_was_asked_for()
    {
        var chart = GenericChart.ofTraceObjects(useDefaults: true, ListModule.OfSeq(new[] { new Trace("scatter") }));

        Assert.DoesNotContain("http", GenericChart.toChartHTML(chart), StringComparison.Ordinal);
        Assert.Contains("https://cdn.plot.ly/plotly-2.27.1.min.js", GenericChart.toEmbeddedHTML(chart), StringComparison.Ordinal);
        var bare = GenericChart.setDisplayOptions(DisplayOptions.setPlotlyReference(PlotlyJSReference.NoReference).Invoke(new DisplayOptions()), chart);
        Assert.DoesNotContain("http", GenericChart.toEmbeddedHTML(bare), StringComparison.Ordinal);
    }

    private static Annotation Note(string text) =>
        Annotation.init<double, double, double, string, double, string, string, string, string, string>(X: 1.0, Y: 1.0, Text: text);

    private static JToken Trace(GenericChart chart) => JObject.Parse(GenericChart.toJson(chart))["data"]![0]!;
}
