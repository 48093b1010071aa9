using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;

namespace Plotly.NET;

/// <summary>What can be done with any chart: combine, arrange in a grid.</summary>
public class Chart
{
    private Chart()
    {
    }

    public static GenericChart Combine(IEnumerable<GenericChart> gCharts) => GenericChart.combine(gCharts);

    /// <summary>A chart of which nothing shows: fills a cell of a grid.</summary>
    public static GenericChart Invisible()
    {
        var trace = new Trace2D("scatter");
        trace.Remove("type");
        var chart = GenericChart.ofTraceObject(useDefaults: false, trace);
        GenericChart.getLayout(chart).SetValue("xaxis", Hidden());
        GenericChart.getLayout(chart).SetValue("yaxis", Hidden());
        return chart;

        static LinearAxis Hidden()
        {
            var axis = new LinearAxis();
            axis.SetValue("showgrid", value: false);
            axis.SetValue("showline", value: false);
            axis.SetValue("showticklabels", value: false);
            axis.SetValue("zeroline", value: false);
            return axis;
        }
    }

    public static FSharpFunc<TCharts, GenericChart> Grid<TTitles, TCharts>(
        int nRows,
        int nCols,
        FSharpOption<TTitles>? SubPlotTitles = null,
        FSharpOption<Font>? SubPlotTitleFont = null,
        FSharpOption<double>? SubPlotTitleOffset = null,
        FSharpOption<Tuple<StyleParam.LinearAxisId, StyleParam.LinearAxisId>[][]>? SubPlots = null,
        FSharpOption<StyleParam.LinearAxisId[]>? XAxes = null,
        FSharpOption<StyleParam.LinearAxisId[]>? YAxes = null,
        FSharpOption<StyleParam.LayoutGridRowOrder>? RowOrder = null,
        FSharpOption<StyleParam.LayoutGridPattern>? Pattern = null,
        FSharpOption<double>? XGap = null,
        FSharpOption<double>? YGap = null,
        FSharpOption<Domain>? Domain = null,
        FSharpOption<StyleParam.LayoutGridXSide>? XSide = null,
        FSharpOption<StyleParam.LayoutGridYSide>? YSide = null)
        where TTitles : IEnumerable<string>
        where TCharts : IEnumerable<GenericChart>
    {
        var pattern = Pattern?.Value ?? StyleParam.LayoutGridPattern.Independent;
        var coupled = ReferenceEquals(pattern, StyleParam.LayoutGridPattern.Coupled);
        var rowOrder = RowOrder?.Value ?? StyleParam.LayoutGridRowOrder.TopToBottom;
        var cells = new GridCells(nRows, nCols, XGap?.Value ?? (coupled ? 0.1 : 0.2), YGap?.Value ?? (coupled ? 0.1 : 0.3))
        {
            FromBottom = ReferenceEquals(rowOrder, StyleParam.LayoutGridRowOrder.BottomToTop),
        };
        var grid = LayoutGrid.init(
            Rows: nRows,
            Columns: nCols,
            Pattern: pattern,
            RowOrder: rowOrder,
            SubPlots: SubPlots,
            XAxes: XAxes,
            YAxes: YAxes,
            XGap: XGap,
            YGap: YGap,
            Domain: Domain,
            XSide: XSide,
            YSide: YSide);
        return FSharpFunc<TCharts, GenericChart>.FromConverter(charts =>
        {
            var chart = Combine(charts.Take(nRows * nCols).Select((cell, i) => cells.Placed(cell, i, coupled)).ToArray());
            if (SubPlotTitles is not null)
            {
                chart = chart.WithAnnotations(cells.Titles(SubPlotTitles.Value, SubPlotTitleFont, SubPlotTitleOffset?.Value ?? 0).ToArray());
            }

            GenericChart.getLayout(chart).SetValue("grid", grid);
            return chart;
        });
    }

    public static FSharpFunc<TCharts, GenericChart> SingleStack<TTitles, TCharts>(
        FSharpOption<TTitles>? SubPlotTitles = null,
        FSharpOption<Font>? SubPlotTitleFont = null,
        FSharpOption<double>? SubPlotTitleOffset = null,
        FSharpOption<Tuple<StyleParam.LinearAxisId, StyleParam.LinearAxisId>[][]>? SubPlots = null,
        FSharpOption<StyleParam.LinearAxisId[]>? XAxes = null,
        FSharpOption<StyleParam.LinearAxisId[]>? YAxes = null,
        FSharpOption<StyleParam.LayoutGridRowOrder>? RowOrder = null,
        FSharpOption<StyleParam.LayoutGridPattern>? Pattern = null,
        FSharpOption<double>? XGap = null,
        FSharpOption<double>? YGap = null,
        FSharpOption<Domain>? Domain = null,
        FSharpOption<StyleParam.LayoutGridXSide>? XSide = null,
        FSharpOption<StyleParam.LayoutGridYSide>? YSide = null)
        where TTitles : IEnumerable<string>
        where TCharts : IEnumerable<GenericChart> =>
        FSharpFunc<TCharts, GenericChart>.FromConverter(charts => Grid<TTitles, TCharts>(
            charts.Count(),
            1,
            SubPlotTitles: SubPlotTitles,
            SubPlotTitleFont: SubPlotTitleFont,
            SubPlotTitleOffset: SubPlotTitleOffset,
            SubPlots: SubPlots,
            XAxes: XAxes,
            YAxes: YAxes,
            RowOrder: RowOrder,
            Pattern: Pattern,
            XGap: XGap,
            YGap: YGap,
            Domain: Domain,
            XSide: XSide,
            YSide: YSide).Invoke(charts));
}
