using Microsoft.FSharp.Core;
using Plotly.NET.TraceObjects;

namespace Plotly.NET;

/// <content>Point: markers at pairs of coordinates.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart Point<TX, TY, TText>(
            IEnumerable<TX> x,
            IEnumerable<TY> y,
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
            FSharpOption<string>? AlignmentGroup = null,
            FSharpOption<string>? OffsetGroup = null,
            FSharpOption<string>? StackGroup = null,
            FSharpOption<StyleParam.Orientation>? Orientation = null,
            FSharpOption<StyleParam.GroupNorm>? GroupNorm = null,
            FSharpOption<bool>? UseWebGL = null,
            FSharpOption<bool>? UseDefaults = null)
            where TX : IConvertible
            where TY : IConvertible
            where TText : IConvertible =>
            Scatter<TX, TY, TText>(
                x,
                y,
                TextPosition is null && MultiTextPosition is null ? StyleParam.Mode.Markers : StyleParam.Mode.Markers_Text,
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
                AlignmentGroup: AlignmentGroup,
                OffsetGroup: OffsetGroup,
                StackGroup: StackGroup,
                Orientation: Orientation,
                GroupNorm: GroupNorm,
                UseWebGL: UseWebGL,
                UseDefaults: UseDefaults);
    }
}
