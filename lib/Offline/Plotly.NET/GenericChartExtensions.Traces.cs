using Microsoft.FSharp.Core;
using Plotly.NET.TraceObjects;

namespace Plotly.NET;

/// <content>What changes the traces of a chart.</content>
public static partial class GenericChartExtensions
{
    public static GenericChart WithTraceInfo(
        this GenericChart @this,
        FSharpOption<string>? Name = null,
        FSharpOption<StyleParam.Visible>? Visible = null,
        FSharpOption<bool>? ShowLegend = null,
        FSharpOption<int>? LegendRank = null,
        FSharpOption<string>? LegendGroup = null,
        FSharpOption<Title>? LegendGroupTitle = null)
    {
        var i = 0;
        return @this.OnTraces(trace => trace
            .With("name", Name is null || i++ == 0 ? Name : FSharpOption<string>.Some($"{Name.Value}_{i - 1}"))
            .With("visible", Visible)
            .With("showlegend", ShowLegend)
            .With("legendrank", LegendRank)
            .With("legendgroup", LegendGroup)
            .With("legendgrouptitle", LegendGroupTitle));
    }

    public static GenericChart WithLineStyle(
        this GenericChart @this,
        FSharpOption<bool>? AutoColorScale = null,
        FSharpOption<bool>? CAuto = null,
        FSharpOption<double>? CMax = null,
        FSharpOption<double>? CMid = null,
        FSharpOption<double>? CMin = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<StyleParam.SubPlotId>? ColorAxis = null,
        FSharpOption<StyleParam.Colorscale>? Colorscale = null,
        FSharpOption<bool>? ReverseScale = null,
        FSharpOption<bool>? ShowScale = null,
        FSharpOption<ColorBar>? ColorBar = null,
        FSharpOption<StyleParam.DrawingStyle>? Dash = null,
        FSharpOption<StyleParam.Shape>? Shape = null,
        FSharpOption<bool>? Simplify = null,
        FSharpOption<double>? Smoothing = null,
        FSharpOption<double>? Width = null,
        FSharpOption<IEnumerable<double>>? MultiWidth = null,
        FSharpOption<Color>? OutlierColor = null,
        FSharpOption<double>? OutlierWidth = null) =>
        @this.OnTraces(trace => trace.Inner<Line>("line")
            .With("autocolorscale", AutoColorScale)
            .With("cauto", CAuto)
            .With("cmax", CMax)
            .With("cmid", CMid)
            .With("cmin", CMin)
            .With("color", Color)
            .With("coloraxis", ColorAxis)
            .With("colorscale", Colorscale)
            .With("reversescale", ReverseScale)
            .With("showscale", ShowScale)
            .With("colorbar", ColorBar)
            .With("dash", Dash)
            .With("shape", Shape)
            .With("simplify", Simplify)
            .With("smoothing", Smoothing)
            .With("width", Width)
            .With("width", MultiWidth)
            .With("outliercolor", OutlierColor)
            .With("outlierwidth", OutlierWidth));

    public static GenericChart WithMarkerStyle(
        this GenericChart @this,
        FSharpOption<bool>? AutoColorScale = null,
        FSharpOption<bool>? CAuto = null,
        FSharpOption<double>? CMax = null,
        FSharpOption<double>? CMid = null,
        FSharpOption<double>? CMin = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<IEnumerable<Color>>? Colors = null,
        FSharpOption<StyleParam.SubPlotId>? ColorAxis = null,
        FSharpOption<ColorBar>? ColorBar = null,
        FSharpOption<StyleParam.Colorscale>? Colorscale = null,
        FSharpOption<Gradient>? Gradient = null,
        FSharpOption<Line>? Outline = null,
        FSharpOption<int>? MaxDisplayed = null,
        FSharpOption<double>? Opacity = null,
        FSharpOption<IEnumerable<double>>? MultiOpacity = null,
        FSharpOption<Pattern>? Pattern = null,
        FSharpOption<bool>? ReverseScale = null,
        FSharpOption<bool>? ShowScale = null,
        FSharpOption<int>? Size = null,
        FSharpOption<IEnumerable<int>>? MultiSize = null,
        FSharpOption<int>? SizeMin = null,
        FSharpOption<StyleParam.MarkerSizeMode>? SizeMode = null,
        FSharpOption<int>? SizeRef = null,
        FSharpOption<StyleParam.MarkerSymbol>? Symbol = null,
        FSharpOption<IEnumerable<StyleParam.MarkerSymbol>>? MultiSymbol = null,
        FSharpOption<StyleParam.MarkerSymbol3D>? Symbol3D = null,
        FSharpOption<IEnumerable<StyleParam.MarkerSymbol3D>>? MultiSymbol3D = null,
        FSharpOption<Color>? OutlierColor = null,
        FSharpOption<int>? OutlierWidth = null) =>
        @this.OnTraces(trace => trace.Inner<Marker>("marker")
            .With("autocolorscale", AutoColorScale)
            .With("cauto", CAuto)
            .With("cmax", CMax)
            .With("cmid", CMid)
            .With("cmin", CMin)
            .With("color", Color)
            .With("color", Colors)
            .With("coloraxis", ColorAxis)
            .With("colorbar", ColorBar)
            .With("colorscale", Colorscale)
            .With("gradient", Gradient)
            .With("line", Outline)
            .With("maxdisplayed", MaxDisplayed)
            .With("opacity", Opacity)
            .With("opacity", MultiOpacity)
            .With("pattern", Pattern)
            .With("reversescale", ReverseScale)
            .With("showscale", ShowScale)
            .With("size", Size)
            .With("size", MultiSize)
            .With("sizemin", SizeMin)
            .With("sizemode", SizeMode)
            .With("sizeref", SizeRef)
            .With("symbol", Symbol)
            .With("symbol", MultiSymbol)
            .With("symbol", Symbol3D)
            .With("symbol", MultiSymbol3D)
            .With("outliercolor", OutlierColor)
            .With("outlierwidth", OutlierWidth));

    public static GenericChart WithYError(
        this GenericChart @this,
        Error yError) =>
        @this.OnTraces(trace => trace.SetValue("error_y", yError));

    public static GenericChart WithXError(
        this GenericChart @this,
        Error xError) =>
        @this.OnTraces(trace => trace.SetValue("error_x", xError));

    public static GenericChart WithYErrorStyle<TArray, TArrayminus>(
        this GenericChart @this,
        FSharpOption<IEnumerable<TArray>>? Array = null,
        FSharpOption<IEnumerable<TArrayminus>>? Arrayminus = null,
        FSharpOption<bool>? Symmetric = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<double>? Width = null)
        where TArray : IConvertible
        where TArrayminus : IConvertible =>
        @this.WithYError(new Error()
            .With("array", Array)
            .With("arrayminus", Arrayminus)
            .With("symmetric", Symmetric)
            .With("color", Color)
            .With("thickness", Thickness)
            .With("width", Width));

    public static GenericChart WithXErrorStyle<TArray, TArrayminus>(
        this GenericChart @this,
        FSharpOption<IEnumerable<TArray>>? Array = null,
        FSharpOption<IEnumerable<TArrayminus>>? Arrayminus = null,
        FSharpOption<bool>? Symmetric = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<double>? Width = null)
        where TArray : IConvertible
        where TArrayminus : IConvertible =>
        @this.WithXError(new Error()
            .With("array", Array)
            .With("arrayminus", Arrayminus)
            .With("symmetric", Symmetric)
            .With("color", Color)
            .With("thickness", Thickness)
            .With("width", Width));

    public static GenericChart WithColorBar(
        this GenericChart @this,
        ColorBar colorbar) =>
        @this.OnTraces(trace => trace.SetValue("colorbar", colorbar));

    private static GenericChart OnTraces(this GenericChart chart, Action<Trace> change)
    {
        foreach (var trace in GenericChart.getTraces(chart))
        {
            change(trace);
        }

        return chart.Same();
    }

    private static T Inner<T>(this Trace trace, string name)
        where T : DynamicObj.DynamicObj, new()
    {
        if (trace.TryGetTypedValue<T>(name) is { } existing)
        {
            return existing.Value;
        }

        var made = new T();
        trace.SetValue(name, made);
        return made;
    }
}
