using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace Plotly.NET;

/// <content>Histogram: how often values fall into bins.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart Histogram<TX, TY, TText>(
            FSharpOption<IEnumerable<TX>>? X = null,
            FSharpOption<IEnumerable<IEnumerable<TX>>>? MultiX = null,
            FSharpOption<IEnumerable<TY>>? Y = null,
            FSharpOption<IEnumerable<IEnumerable<TY>>>? MultiY = null,
            FSharpOption<StyleParam.Orientation>? Orientation = null,
            FSharpOption<string>? Name = null,
            FSharpOption<bool>? ShowLegend = null,
            FSharpOption<double>? Opacity = null,
            FSharpOption<TText>? Text = null,
            FSharpOption<IEnumerable<TText>>? MultiText = null,
            FSharpOption<StyleParam.TextPosition>? TextPosition = null,
            FSharpOption<StyleParam.HistFunc>? HistFunc = null,
            FSharpOption<StyleParam.HistNorm>? HistNorm = null,
            FSharpOption<string>? AlignmentGroup = null,
            FSharpOption<string>? OffsetGroup = null,
            FSharpOption<int>? NBinsX = null,
            FSharpOption<int>? NBinsY = null,
            FSharpOption<string>? BinGroup = null,
            FSharpOption<Bins>? XBins = null,
            FSharpOption<Bins>? YBins = null,
            FSharpOption<Color>? MarkerColor = null,
            FSharpOption<StyleParam.Colorscale>? MarkerColorScale = null,
            FSharpOption<Line>? MarkerOutline = null,
            FSharpOption<StyleParam.PatternShape>? MarkerPatternShape = null,
            FSharpOption<IEnumerable<StyleParam.PatternShape>>? MultiMarkerPatternShape = null,
            FSharpOption<Pattern>? MarkerPattern = null,
            FSharpOption<Marker>? Marker = null,
            FSharpOption<Line>? Line = null,
            FSharpOption<Error>? XError = null,
            FSharpOption<Error>? YError = null,
            FSharpOption<Cumulative>? Cumulative = null,
            FSharpOption<Hoverlabel>? HoverLabel = null,
            FSharpOption<bool>? UseDefaults = null)
            where TX : IConvertible
            where TY : IConvertible
            where TText : IConvertible
        {
            var trace = new Trace2D("histogram")
                .With("x", X)
                .With("x", MultiX)
                .With("y", Y)
                .With("y", MultiY)
                .With("orientation", Orientation)
                .With("name", Name)
                .With("showlegend", ShowLegend)
                .With("opacity", Opacity)
                .With("text", Text)
                .With("text", MultiText)
                .With("textposition", TextPosition)
                .With("histfunc", HistFunc)
                .With("histnorm", HistNorm)
                .With("alignmentgroup", AlignmentGroup)
                .With("offsetgroup", OffsetGroup)
                .With("nbinsx", NBinsX)
                .With("nbinsy", NBinsY)
                .With("bingroup", BinGroup)
                .With("xbins", XBins)
                .With("ybins", YBins)
                .With("line", Line)
                .With("cumulative", Cumulative)
                .With("hoverlabel", HoverLabel)
                .With("error_x", XError)
                .With("error_y", YError);
            trace.SetValue("marker", BarMarker(Marker, MarkerPattern, MarkerPatternShape, MultiMarkerPatternShape)
                .With("color", MarkerColor)
                .With("colorscale", MarkerColorScale)
                .With("line", MarkerOutline));
            return GenericChart.ofTraceObject(UseDefaults?.Value ?? true, trace);
        }
    }
}
