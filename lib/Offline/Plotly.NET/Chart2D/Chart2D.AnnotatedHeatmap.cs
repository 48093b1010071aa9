using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;

namespace Plotly.NET;

/// <content>AnnotatedHeatmap: a matrix of coloured cells with text in each.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart AnnotatedHeatmap<TRow, TZ, TTextRow, TX, TY, TText>(
            IEnumerable<TRow> zData,
            IEnumerable<TTextRow> annotationText,
            FSharpOption<string>? Name = null,
            FSharpOption<bool>? ShowLegend = null,
            FSharpOption<double>? Opacity = null,
            FSharpOption<IEnumerable<TX>>? X = null,
            FSharpOption<IEnumerable<IEnumerable<TX>>>? MultiX = null,
            FSharpOption<int>? XGap = null,
            FSharpOption<IEnumerable<TY>>? Y = null,
            FSharpOption<IEnumerable<IEnumerable<TY>>>? MultiY = null,
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
            where TTextRow : IEnumerable<string>
            where TX : IConvertible
            where TY : IConvertible
            where TText : IConvertible
        {
            var texts = annotationText.Select(row => row.ToArray()).ToArray();
            if (zData.Count() != texts.Length)
            {
                throw new ArgumentException("incompatible dims", nameof(annotationText));
            }

            return Heatmap<TRow, TZ, TX, TY, TText>(
                zData,
                Name: Name,
                ShowLegend: ShowLegend,
                Opacity: Opacity,
                X: X,
                MultiX: MultiX,
                XGap: XGap,
                Y: Y,
                MultiY: MultiY,
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
                UseDefaults: UseDefaults)
                .WithAnnotations(texts.SelectMany((row, y) => row.Select((text, x) => CellText(x, y, text))).ToArray());
        }

        private static Annotation CellText(int x, int y, string text) =>
            Annotation.init<int, int, int, string, int, string, string, string, string, string>(X: x, Y: y, Text: text, ShowArrow: false);
    }
}
