using Microsoft.FSharp.Core;
using Plotly.NET.TraceObjects;

namespace Plotly.NET;

/// <content>Column: bars, upright.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart Column<TValue, TKey, TText, TBase, TWidth>(
            IEnumerable<TValue> values,
            FSharpOption<IEnumerable<TKey>>? Keys = null,
            FSharpOption<IEnumerable<IEnumerable<TKey>>>? MultiKeys = null,
            FSharpOption<string>? Name = null,
            FSharpOption<bool>? ShowLegend = null,
            FSharpOption<double>? Opacity = null,
            FSharpOption<IEnumerable<double>>? MultiOpacity = null,
            FSharpOption<TText>? Text = null,
            FSharpOption<IEnumerable<TText>>? MultiText = null,
            FSharpOption<Color>? MarkerColor = null,
            FSharpOption<StyleParam.Colorscale>? MarkerColorScale = null,
            FSharpOption<Line>? MarkerOutline = null,
            FSharpOption<StyleParam.PatternShape>? MarkerPatternShape = null,
            FSharpOption<IEnumerable<StyleParam.PatternShape>>? MultiMarkerPatternShape = null,
            FSharpOption<Pattern>? MarkerPattern = null,
            FSharpOption<Marker>? Marker = null,
            FSharpOption<TBase>? Base = null,
            FSharpOption<TWidth>? Width = null,
            FSharpOption<IEnumerable<TWidth>>? MultiWidth = null,
            FSharpOption<StyleParam.TextPosition>? TextPosition = null,
            FSharpOption<IEnumerable<StyleParam.TextPosition>>? MultiTextPosition = null,
            FSharpOption<bool>? UseDefaults = null)
            where TValue : IConvertible
            where TKey : IConvertible
            where TText : IConvertible
            where TBase : IConvertible
            where TWidth : IConvertible
        {
            var trace = new Trace2D("bar");
            trace.SetValue("y", values);
            trace.SetValue("orientation", "v");
            trace
                .With("x", Keys)
                .With("x", MultiKeys)
                .With("name", Name)
                .With("showlegend", ShowLegend)
                .With("opacity", Opacity)
                .With("text", Text)
                .With("text", MultiText)
                .With("base", Base)
                .With("width", Width)
                .With("width", MultiWidth)
                .With("textposition", TextPosition)
                .With("textposition", MultiTextPosition);
            trace.SetValue("marker", BarMarker(Marker, MarkerPattern, MarkerPatternShape, MultiMarkerPatternShape)
                .With("color", MarkerColor)
                .With("opacity", MultiOpacity)
                .With("colorscale", MarkerColorScale)
                .With("line", MarkerOutline));
            return GenericChart.ofTraceObject(UseDefaults?.Value ?? true, trace);
        }

        private static Marker BarMarker(
            FSharpOption<Marker>? given,
            FSharpOption<Pattern>? pattern,
            FSharpOption<StyleParam.PatternShape>? shape,
            FSharpOption<IEnumerable<StyleParam.PatternShape>>? shapes)
        {
            var marker = Copied(given);
            marker.SetValue("pattern", Copied(pattern).With("shape", shape).With("shape", shapes));
            return marker;
        }
    }
}
