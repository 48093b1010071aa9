using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;

namespace Plotly.NET;

/// <content>Heatmap: a matrix of coloured cells.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart Heatmap<TRow, TZ, TX, TY, TText>(
            IEnumerable<TRow> zData,
            FSharpOption<IEnumerable<TX>>? X = null,
            FSharpOption<IEnumerable<IEnumerable<TX>>>? MultiX = null,
            FSharpOption<IEnumerable<TY>>? Y = null,
            FSharpOption<IEnumerable<IEnumerable<TY>>>? MultiY = null,
            FSharpOption<string>? Name = null,
            FSharpOption<bool>? ShowLegend = null,
            FSharpOption<double>? Opacity = null,
            FSharpOption<int>? XGap = null,
            FSharpOption<int>? YGap = null,
            FSharpOption<TText>? Text = null,
            FSharpOption<IEnumerable<TText>>? MultiText = null,
            FSharpOption<ColorBar>? ColorBar = null,
            FSharpOption<StyleParam.Colorscale>? ColorScale = null,
            FSharpOption<bool>? ShowScale = null,
            FSharpOption<bool>? ReverseScale = null,
            FSharpOption<StyleParam.SmoothAlg>? ZSmooth = null,
            FSharpOption<bool>? Transpose = null,
            FSharpOption<bool>? UseWebGL = null,
            FSharpOption<bool>? ReverseYAxis = null,
            FSharpOption<bool>? UseDefaults = null)
            where TRow : IEnumerable<TZ>
            where TZ : IConvertible
            where TX : IConvertible
            where TY : IConvertible
            where TText : IConvertible
        {
            var trace = new Trace2D(UseWebGL?.Value == true ? "heatmapgl" : "heatmap");
            trace.SetValue("z", zData);
            trace
                .With("x", X)
                .With("x", MultiX)
                .With("y", Y)
                .With("y", MultiY)
                .With("name", Name)
                .With("showlegend", ShowLegend)
                .With("opacity", Opacity)
                .With("xgap", XGap)
                .With("ygap", YGap)
                .With("text", Text)
                .With("text", MultiText)
                .With("colorbar", ColorBar)
                .With("colorscale", ColorScale)
                .With("showscale", ShowScale)
                .With("reversescale", ReverseScale)
                .With("zsmooth", ZSmooth)
                .With("transpose", Transpose);
            return OnReversedAxis(GenericChart.ofTraceObject(UseDefaults?.Value ?? true, trace), ReverseYAxis);
        }

        public static GenericChart Heatmap<TRow, TZ, TText>(
            IEnumerable<TRow> zData,
            IEnumerable<string> colNames,
            IEnumerable<string> rowNames,
            FSharpOption<string>? Name = null,
            FSharpOption<bool>? ShowLegend = null,
            FSharpOption<double>? Opacity = null,
            FSharpOption<int>? XGap = null,
            FSharpOption<int>? YGap = null,
            FSharpOption<TText>? Text = null,
            FSharpOption<IEnumerable<TText>>? MultiText = null,
            FSharpOption<ColorBar>? ColorBar = null,
            FSharpOption<StyleParam.Colorscale>? ColorScale = null,
            FSharpOption<bool>? ShowScale = null,
            FSharpOption<bool>? ReverseScale = null,
            FSharpOption<StyleParam.SmoothAlg>? ZSmooth = null,
            FSharpOption<bool>? Transpose = null,
            FSharpOption<bool>? UseWebGL = null,
            FSharpOption<bool>? ReverseYAxis = null,
            FSharpOption<bool>? UseDefaults = null)
            where TRow : IEnumerable<TZ>
            where TZ : IConvertible
            where TText : IConvertible =>
            Heatmap<TRow, TZ, string, string, TText>(
                zData,
                X: FSharpOption<IEnumerable<string>>.Some(colNames),
                Y: FSharpOption<IEnumerable<string>>.Some(rowNames),
                Name: Name,
                ShowLegend: ShowLegend,
                Opacity: Opacity,
                XGap: XGap,
                YGap: YGap,
                Text: Text,
                MultiText: MultiText,
                ColorBar: ColorBar,
                ColorScale: ColorScale,
                ShowScale: ShowScale,
                ReverseScale: ReverseScale,
                ZSmooth: ZSmooth,
                Transpose: Transpose,
                UseWebGL: UseWebGL,
                ReverseYAxis: ReverseYAxis,
                UseDefaults: UseDefaults);

        private static GenericChart OnReversedAxis(GenericChart chart, FSharpOption<bool>? reversed)
        {
            if (reversed?.Value == true)
            {
                var axis = new LinearAxis();
                axis.SetValue("autorange", "reversed");
                chart.WithYAxis(axis);
            }

            return chart;
        }
    }
}
