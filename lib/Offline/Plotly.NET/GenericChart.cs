using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Newtonsoft.Json;

namespace Plotly.NET;

/// <summary>A chart: its traces, layout, configuration and what surrounds it in a page.</summary>
public sealed class GenericChart
{
    private static readonly JsonSerializerSettings JsonConfig = new() { ReferenceLoopHandling = ReferenceLoopHandling.Serialize };

    private readonly FSharpList<Trace> traces;
    private readonly Layout layout;
    private readonly Config config;
    private readonly DisplayOptions displayOptions;

    private GenericChart(FSharpList<Trace> traces, Layout layout, Config config, DisplayOptions displayOptions)
    {
        this.traces = traces;
        this.layout = layout;
        this.config = config;
        this.displayOptions = displayOptions;
    }

    public bool IsChart => traces.Length == 1;

    public bool IsMultiChart => !IsChart;

    public static GenericChart NewChart(Trace _data, Layout _layout, Config _config, DisplayOptions _displayOpts) =>
        new(ListModule.OfSeq([_data]), _layout, _config, _displayOpts);

    public static GenericChart NewMultiChart(FSharpList<Trace> _data, Layout _layout, Config _config, DisplayOptions _displayOpts) =>
        new(_data, _layout, _config, _displayOpts);

    /// <summary>With defaults: a copy of the template, size, configuration and display options of <see cref="Defaults"/>.</summary>
    public static GenericChart ofTraceObjects<d>(bool useDefaults, d traces)
        where d : IEnumerable<Trace>
    {
        var list = ListModule.OfSeq(traces);
        if (!useDefaults)
        {
            return new(list, new Layout(), new Config(), DisplayOptions.initCDNOnly());
        }

        var start = new Layout();
        start.SetValue("width", Defaults.DefaultWidth);
        start.SetValue("height", Defaults.DefaultHeight);
        start.SetValue("template", Copied(Defaults.DefaultTemplate, new Template()));
        return new(list, start, Copied(Defaults.DefaultConfig, new Config()), Copied(Defaults.DefaultDisplayOptions, new DisplayOptions()));
    }

    public static GenericChart ofTraceObject(bool useDefaults, Trace trace) => ofTraceObjects(useDefaults, new[] { trace });

    public static FSharpList<Trace> getTraces(GenericChart gChart) => gChart.traces;

    public static Layout getLayout(GenericChart gChart) => gChart.layout;

    public static Config getConfig(GenericChart gChart) => gChart.config;

    public static DisplayOptions getDisplayOptions(GenericChart gChart) => gChart.displayOptions;

    public static GenericChart setLayout(Layout layout, GenericChart gChart) =>
        new(gChart.traces, layout, gChart.config, gChart.displayOptions);

    public static GenericChart addLayout(Layout layout, GenericChart gChart) =>
        setLayout(Layout.combine(gChart.layout, layout), gChart);

    public static GenericChart setConfig(Config config, GenericChart gChart) =>
        new(gChart.traces, gChart.layout, config, gChart.displayOptions);

    public static GenericChart addConfig(Config config, GenericChart gChart) =>
        setConfig((Config)DynamicObj.DynObj.combine(gChart.config, config), gChart);

    public static GenericChart setDisplayOptions(DisplayOptions displayOpts, GenericChart gChart) =>
        new(gChart.traces, gChart.layout, gChart.config, displayOpts);

    public static GenericChart addDisplayOptions(DisplayOptions displayOpts, GenericChart gChart) =>
        setDisplayOptions(DisplayOptions.combine(gChart.displayOptions, displayOpts), gChart);

    public static GenericChart mapTrace(FSharpFunc<Trace, Trace> f, GenericChart gChart) =>
        new(ListModule.OfSeq(gChart.traces.Select(f.Invoke)), gChart.layout, gChart.config, gChart.displayOptions);

    public static int countTrace(GenericChart gChart) => gChart.traces.Length;

    public static bool existsTrace(FSharpFunc<Trace, bool> predicate, GenericChart gChart) => gChart.traces.Any(predicate.Invoke);

    public static Tuple<FSharpOption<int>, FSharpOption<int>> tryGetLayoutSize(GenericChart gChart) =>
        Tuple.Create(gChart.layout.TryGetTypedValue<int>("width"), gChart.layout.TryGetTypedValue<int>("height"));

    /// <summary>Traces one after another; of layouts, configurations and display options the later chart's values win.</summary>
    public static GenericChart combine(IEnumerable<GenericChart> gCharts) => gCharts.Aggregate((first, second) => new(
        ListModule.OfSeq(first.traces.Concat(second.traces)),
        Layout.combine(first.layout, second.layout),
        (Config)DynamicObj.DynObj.combine(first.config, second.config),
        DisplayOptions.combine(first.displayOptions, second.displayOptions)));

    public static string toJson(GenericChart gChart) =>
        JsonConvert.SerializeObject(new { data = gChart.traces, gChart.layout, gChart.config }, JsonConfig);

    public static string toFigureJson(GenericChart gChart) =>
        JsonConvert.SerializeObject(new { data = gChart.traces, gChart.layout, frames = Array.Empty<object>() }, JsonConfig);

    public static string toChartHTML(GenericChart gChart) => $"<div>{ChartHtml.Element(gChart)}</div>";

    public static string toEmbeddedHTML(GenericChart gChart) => ChartHtml.Document(gChart);

    internal string TracesJson() => JsonConvert.SerializeObject(traces, JsonConfig);

    internal string LayoutJson() => JsonConvert.SerializeObject(layout, JsonConfig);

    internal string ConfigJson() => JsonConvert.SerializeObject(config, JsonConfig);

    private static T Copied<T>(T from, T to)
        where T : DynamicObj.DynamicObj
    {
        from.CopyDynamicPropertiesTo(to);
        return to;
    }
}
