using Microsoft.FSharp.Core;
using Plotly.NET.TraceObjects;

namespace Plotly.NET;

/// <content>Scatter: points, lines and text at pairs of coordinates.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart Scatter<TX, TY, TText>(
            IEnumerable<TX> x,
            IEnumerable<TY> y,
            StyleParam.Mode mode,
            FSharpOption<string>? Name = null,
            FSharpOption<bool>? ShowLegend = null,
            FSharpOption<double>? Opacity = null,
            FSharpOption<IEnumerable<double>>? MultiOpacity = null,
            FSharpOption<TText>? Text = null,
            FSharpOption<IEnumerable<TText>>? MultiText = null,
            FSharpOption<StyleParam.TextPosition>? TextPosition = null,
            FSharpOption<IEnumerable<StyleParam.TextPosition>>? MultiTextPosition = null,
            FSharpOption<Color>? MarkerColor = null,
            FSharpOption<StyleParam.Colorscale>? MarkerColorScale = null,
            FSharpOption<Line>? MarkerOutline = null,
            FSharpOption<StyleParam.MarkerSymbol>? MarkerSymbol = null,
            FSharpOption<IEnumerable<StyleParam.MarkerSymbol>>? MultiMarkerSymbol = null,
            FSharpOption<Marker>? Marker = null,
            FSharpOption<Color>? LineColor = null,
            FSharpOption<StyleParam.Colorscale>? LineColorScale = null,
            FSharpOption<double>? LineWidth = null,
            FSharpOption<StyleParam.DrawingStyle>? LineDash = null,
            FSharpOption<Line>? Line = null,
            FSharpOption<string>? AlignmentGroup = null,
            FSharpOption<string>? OffsetGroup = null,
            FSharpOption<string>? StackGroup = null,
            FSharpOption<StyleParam.Orientation>? Orientation = null,
            FSharpOption<StyleParam.GroupNorm>? GroupNorm = null,
            FSharpOption<StyleParam.Fill>? Fill = null,
            FSharpOption<Color>? FillColor = null,
            FSharpOption<Pattern>? FillPattern = null,
            FSharpOption<bool>? UseWebGL = null,
            FSharpOption<bool>? UseDefaults = null)
            where TX : IConvertible
            where TY : IConvertible
            where TText : IConvertible
        {
            var trace = Drawn(new Trace2D(UseWebGL?.Value == true ? "scattergl" : "scatter"), x, y)
                .With<Trace2D, StyleParam.Mode>("mode", mode)
                .With("name", Name)
                .With("showlegend", ShowLegend)
                .With("opacity", Opacity)
                .With("text", Text)
                .With("text", MultiText)
                .With("textposition", TextPosition)
                .With("textposition", MultiTextPosition)
                .With("alignmentgroup", AlignmentGroup)
                .With("offsetgroup", OffsetGroup)
                .With("stackgroup", StackGroup)
                .With("orientation", Orientation)
                .With("groupnorm", GroupNorm)
                .With("fill", Fill)
                .With("fillcolor", FillColor)
                .With("fillpattern", FillPattern);
            var marker = Copied<Marker>(Marker)
                .With("color", MarkerColor)
                .With("colorscale", MarkerColorScale)
                .With("line", MarkerOutline)
                .With("symbol", MarkerSymbol)
                .With("symbol", MultiMarkerSymbol)
                .With("opacity", MultiOpacity);
            var line = Copied<Line>(Line)
                .With("color", LineColor)
                .With("colorscale", LineColorScale)
                .With("width", LineWidth)
                .With("dash", LineDash);
            trace.SetValue("marker", marker);
            trace.SetValue("line", line);
            return GenericChart.ofTraceObject(UseDefaults?.Value ?? true, trace);
        }

        private Chart()
        {
        }

        private static Trace2D Drawn<TX, TY>(Trace2D trace, TX x, TY y)
        {
            trace.SetValue("x", x);
            trace.SetValue("y", y);
            return trace;
        }

        private static T Copied<T>(FSharpOption<T>? given)
            where T : DynamicObj.DynamicObj, new() => given?.Value ?? new T();
    }
}
