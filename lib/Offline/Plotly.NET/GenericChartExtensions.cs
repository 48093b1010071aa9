using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;

namespace Plotly.NET;

/// <summary>Changes charts; each function changes the given chart's layout or traces and answers a chart that shares them.</summary>
public static partial class GenericChartExtensions
{
    public static GenericChart WithTitle(
        this GenericChart @this,
        string title,
        FSharpOption<Font>? TitleFont = null) =>
        GenericChart.addLayout(LayoutOf("title", Title.init(Text: title, Font: TitleFont)), @this);

    public static GenericChart WithSize(
        this GenericChart @this,
        int width,
        int height)
    {
        var layout = LayoutOf("width", width);
        layout.SetValue("height", height);
        return GenericChart.addLayout(layout, @this);
    }

    public static GenericChart WithXAxis(
        this GenericChart @this,
        LinearAxis xAxis,
        FSharpOption<StyleParam.SubPlotId>? Id = null)
    {
        var name = (Id?.Value ?? StyleParam.SubPlotId.NewXAxis(1)).ToString();
        return GenericChart.addLayout(LayoutOf(name, xAxis), @this);
    }

    public static GenericChart WithYAxis(
        this GenericChart @this,
        LinearAxis yAxis,
        FSharpOption<StyleParam.SubPlotId>? Id = null)
    {
        var name = (Id?.Value ?? StyleParam.SubPlotId.NewYAxis(1)).ToString();
        return GenericChart.addLayout(LayoutOf(name, yAxis), @this);
    }

    public static GenericChart WithXAxisStyle(
        this GenericChart @this,
        Title title,
        FSharpOption<Tuple<IConvertible, IConvertible>>? MinMax = null,
        FSharpOption<bool>? ShowGrid = null,
        FSharpOption<bool>? ShowLine = null,
        FSharpOption<StyleParam.Side>? Side = null,
        FSharpOption<StyleParam.LinearAxisId>? Overlaying = null,
        FSharpOption<StyleParam.SubPlotId>? Id = null,
        FSharpOption<Tuple<IConvertible, IConvertible>>? Domain = null,
        FSharpOption<double>? Position = null,
        FSharpOption<bool>? ZeroLine = null,
        FSharpOption<StyleParam.LinearAxisId>? Anchor = null) =>
        @this.WithXAxis(AxisOf(title, MinMax, Domain)
            .With("showgrid", ShowGrid)
            .With("showline", ShowLine)
            .With("side", Side)
            .With("overlaying", Overlaying)
            .With("position", Position)
            .With("zeroline", ZeroLine)
            .With("anchor", Anchor),
            Id: Id);

    public static GenericChart WithYAxisStyle(
        this GenericChart @this,
        Title title,
        FSharpOption<Tuple<IConvertible, IConvertible>>? MinMax = null,
        FSharpOption<bool>? ShowGrid = null,
        FSharpOption<bool>? ShowLine = null,
        FSharpOption<StyleParam.Side>? Side = null,
        FSharpOption<StyleParam.LinearAxisId>? Overlaying = null,
        FSharpOption<StyleParam.SubPlotId>? Id = null,
        FSharpOption<Tuple<IConvertible, IConvertible>>? Domain = null,
        FSharpOption<double>? Position = null,
        FSharpOption<bool>? ZeroLine = null,
        FSharpOption<StyleParam.LinearAxisId>? Anchor = null) =>
        @this.WithYAxis(AxisOf(title, MinMax, Domain)
            .With("showgrid", ShowGrid)
            .With("showline", ShowLine)
            .With("side", Side)
            .With("overlaying", Overlaying)
            .With("position", Position)
            .With("zeroline", ZeroLine)
            .With("anchor", Anchor),
            Id: Id);

    public static GenericChart WithLegend(
        this GenericChart @this,
        bool showlegend) =>
        GenericChart.addLayout(LayoutOf("showlegend", showlegend), @this);

    public static GenericChart WithMargin(
        this GenericChart @this,
        Margin margin) =>
        GenericChart.addLayout(LayoutOf("margin", margin), @this);

    public static GenericChart WithMarginSize<TLeft, TRight, TTop, TBottom, TPad, TAutoexpand>(
        this GenericChart @this,
        FSharpOption<TLeft>? Left = null,
        FSharpOption<TRight>? Right = null,
        FSharpOption<TTop>? Top = null,
        FSharpOption<TBottom>? Bottom = null,
        FSharpOption<TPad>? Pad = null,
        FSharpOption<TAutoexpand>? Autoexpand = null)
        where TLeft : IConvertible
        where TRight : IConvertible
        where TTop : IConvertible
        where TBottom : IConvertible
        where TPad : IConvertible
        where TAutoexpand : IConvertible =>
        GenericChart.addLayout(LayoutOf("margin", Margin.init(Left, Right, Top, Bottom, Pad, Autoexpand)), @this);

    public static GenericChart WithTemplate(
        this GenericChart @this,
        Template template) =>
        GenericChart.addLayout(LayoutOf("template", template), @this);

    public static GenericChart WithLayout(
        this GenericChart @this,
        Layout layout) =>
        GenericChart.addLayout(layout, @this);

    public static GenericChart WithConfig(
        this GenericChart @this,
        Config config) =>
        GenericChart.setConfig(config, @this);

    public static GenericChart WithAnnotations(
        this GenericChart @this,
        IEnumerable<Annotation> annotations,
        FSharpOption<bool>? Append = null)
    {
        var layout = GenericChart.getLayout(@this);
        var kept = Append?.Value == false || layout.TryGetValue("annotations") is not { Value: System.Collections.IEnumerable existing } ? [] : existing.Cast<object>();
        layout.SetValue("annotations", (object[])[.. annotations, .. kept]);
        return @this.Same();
    }

    public static GenericChart WithAnnotation(
        this GenericChart @this,
        Annotation annotation,
        FSharpOption<bool>? Append = null) =>
        @this.WithAnnotations([annotation], Append);

    public static GenericChart WithShapes(
        this GenericChart @this,
        IEnumerable<Shape> shapes,
        FSharpOption<bool>? Append = null)
    {
        var layout = GenericChart.getLayout(@this);
        var kept = Append?.Value == false || layout.TryGetValue("shapes") is not { Value: System.Collections.IEnumerable existing } ? [] : existing.Cast<object>();
        layout.SetValue("shapes", (object[])[.. shapes, .. kept]);
        return @this.Same();
    }

    public static GenericChart WithShape(
        this GenericChart @this,
        Shape shape,
        FSharpOption<bool>? Append = null) =>
        @this.WithShapes([shape], Append);

    public static void SaveHtml(
        this GenericChart @this,
        string path,
        FSharpOption<bool>? OpenInBrowser = null)
    {
        File.WriteAllText(path, GenericChart.toEmbeddedHTML(@this));
        if (OpenInBrowser?.Value == true)
        {
            throw new PlatformNotSupportedException($"This build of Plotly.NET opens no browser: open {path} by hand.");
        }
    }

    private static GenericChart Same(this GenericChart chart) => GenericChart.setLayout(GenericChart.getLayout(chart), chart);

    private static Layout LayoutOf<T>(string name, T value)
    {
        var layout = new Layout();
        layout.SetValue(name, value);
        return layout;
    }

    private static LinearAxis AxisOf(
        Title title,
        FSharpOption<Tuple<IConvertible, IConvertible>>? range,
        FSharpOption<Tuple<IConvertible, IConvertible>>? domain)
    {
        var axis = new LinearAxis();
        axis.SetValue("title", title);
        return axis.With("range", Pair(range)).With("domain", Pair(domain));
    }

    private static FSharpOption<IConvertible[]>? Pair(FSharpOption<Tuple<IConvertible, IConvertible>>? pair) =>
        pair is null ? null : FSharpOption<IConvertible[]>.Some([pair.Value.Item1, pair.Value.Item2]);
}
