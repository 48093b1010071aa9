using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <content>Image: pixels drawn on axes.</content>
public static partial class Chart2D
{
    public partial class Chart
    {
        public static GenericChart Image<TPlane, TRow, TId>(
            FSharpOption<IEnumerable<TPlane>>? Z = null,
            FSharpOption<string>? Source = null,
            FSharpOption<string>? Name = null,
            FSharpOption<bool>? ShowLegend = null,
            FSharpOption<double>? Opacity = null,
            FSharpOption<IEnumerable<TId>>? Ids = null,
            FSharpOption<StyleParam.ColorModel>? ColorModel = null,
            FSharpOption<StyleParam.ColorComponentBound>? ZMax = null,
            FSharpOption<StyleParam.ColorComponentBound>? ZMin = null,
            FSharpOption<StyleParam.SmoothAlg>? ZSmooth = null,
            FSharpOption<bool>? UseDefaults = null)
            where TPlane : IEnumerable<TRow>
            where TRow : IEnumerable<int>
            where TId : IConvertible
        {
            var trace = new Trace2D("image")
                .With("z", Z)
                .With("source", Source)
                .With("name", Name)
                .With("showlegend", ShowLegend)
                .With("opacity", Opacity)
                .With("ids", Ids)
                .With("colormodel", ColorModel)
                .With("zmax", ZMax)
                .With("zmin", ZMin)
                .With("zsmooth", ZSmooth);
            return GenericChart.ofTraceObject(UseDefaults?.Value ?? true, trace);
        }
    }
}
