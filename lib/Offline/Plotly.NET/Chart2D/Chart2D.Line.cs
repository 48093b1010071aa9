using Microsoft.FSharp.Core;
using Plotly.NET.TraceObjects;

namespace Plotly.NET;

/// <content>Line: a curve through pairs of coordinates.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart Line<TX, TY, TText>(
            IEnumerable<TX> x,
            IEnumerable<TY> y,
            FSharpOption<bool>? ShowMarkers = null,
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
            where TText : IConvertible =>
            Scatter<TX, TY, TText>(
                x,
                y,
                LineMode(ShowMarkers?.Value == true, TextPosition is not null || MultiTextPosition is not null),
                Name: Name,
                ShowLegend: ShowLegend,
                Opacity: Opacity,
                MultiOpacity: MultiOpacity,
                Text: Text,
                MultiText: MultiText,
                TextPosition: TextPosition,
                MultiTextPosition: MultiTextPosition,
                MarkerColor: MarkerColor,
                MarkerColorScale: MarkerColorScale,
                MarkerOutline: MarkerOutline,
                MarkerSymbol: MarkerSymbol,
                MultiMarkerSymbol: MultiMarkerSymbol,
                Marker: Marker,
                LineColor: LineColor,
                LineColorScale: LineColorScale,
                LineWidth: LineWidth,
                LineDash: LineDash,
                Line: Line,
                AlignmentGroup: AlignmentGroup,
                OffsetGroup: OffsetGroup,
                StackGroup: StackGroup,
                Orientation: Orientation,
                GroupNorm: GroupNorm,
                Fill: Fill,
                FillColor: FillColor,
                FillPattern: FillPattern,
                UseWebGL: UseWebGL,
                UseDefaults: UseDefaults);

        public static GenericChart Line<TX, TY, TText>(
            IEnumerable<Tuple<TX, TY>> xy,
            FSharpOption<bool>? ShowMarkers = null,
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
            where TText : IConvertible =>
            Line<TX, TY, TText>(
                xy.Select(pair => pair.Item1).ToArray(),
                xy.Select(pair => pair.Item2).ToArray(),
                ShowMarkers: ShowMarkers,
                Name: Name,
                ShowLegend: ShowLegend,
                Opacity: Opacity,
                MultiOpacity: MultiOpacity,
                Text: Text,
                MultiText: MultiText,
                TextPosition: TextPosition,
                MultiTextPosition: MultiTextPosition,
                MarkerColor: MarkerColor,
                MarkerColorScale: MarkerColorScale,
                MarkerOutline: MarkerOutline,
                MarkerSymbol: MarkerSymbol,
                MultiMarkerSymbol: MultiMarkerSymbol,
                Marker: Marker,
                LineColor: LineColor,
                LineColorScale: LineColorScale,
                LineWidth: LineWidth,
                LineDash: LineDash,
                Line: Line,
                AlignmentGroup: AlignmentGroup,
                OffsetGroup: OffsetGroup,
                StackGroup: StackGroup,
                Orientation: Orientation,
                GroupNorm: GroupNorm,
                Fill: Fill,
                FillColor: FillColor,
                FillPattern: FillPattern,
                UseWebGL: UseWebGL,
                UseDefaults: UseDefaults);

        private static StyleParam.Mode LineMode(bool markers, bool text) => (markers, text) switch
        {
            (true, true) => StyleParam.Mode.Lines_Markers_Text,
            (true, false) => StyleParam.Mode.Lines_Markers,
            (false, true) => StyleParam.Mode.Lines_Text,
            _ => StyleParam.Mode.Lines,
        };
    }
}
