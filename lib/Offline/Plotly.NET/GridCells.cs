using Microsoft.FSharp.Core;
using Plotly.NET.LayoutObjects;

namespace Plotly.NET;

/// <summary>Puts charts into the cells of a grid and titles above them.</summary>
internal sealed class GridCells(int rows, int columns, double xGap, double yGap)
{
    public bool FromBottom { get; init; }

    /// <summary>The chart with its own pair of axes, numbered by the cell.</summary>
    public GenericChart Placed(GenericChart chart, int cell, bool coupled)
    {
        var layout = GenericChart.getLayout(chart);
        var xAxis = layout.TryGetTypedValue<LinearAxis>("xaxis")?.Value ?? new LinearAxis();
        var yAxis = layout.TryGetTypedValue<LinearAxis>("yaxis")?.Value ?? new LinearAxis();
        foreach (var name in layout.GetDynamicMemberNames().Where(IsAxis).ToArray())
        {
            layout.Remove(name);
        }

        var (x, y) = coupled ? ((cell % columns) + 1, (cell / columns) + 1) : (cell + 1, cell + 1);
        foreach (var trace in GenericChart.getTraces(chart).OfType<Trace2D>())
        {
            trace.SetValue("xaxis", StyleParam.LinearAxisId.NewX(x).ToString());
            trace.SetValue("yaxis", StyleParam.LinearAxisId.NewY(y).ToString());
        }

        layout.SetValue(StyleParam.SubPlotId.NewXAxis(cell + 1).ToString(), xAxis);
        layout.SetValue(StyleParam.SubPlotId.NewYAxis(cell + 1).ToString(), yAxis);
        return chart;
    }

    /// <summary>One annotation a title, centred on the top edge of its cell.</summary>
    public IEnumerable<Annotation> Titles(IEnumerable<string> titles, FSharpOption<Font>? font, double offset) => titles.Select((title, cell) =>
    {
        var (left, right) = Span(cell % columns, columns, xGap);
        var row = cell / columns;
        var (_, top) = Span(FromBottom ? row : rows - 1 - row, rows, yGap);
        return Annotation.init<double, double, int, string, int, string, string, string, string, string>(
            X: (left + right) / 2,
            XRef: "paper",
            XAnchor: StyleParam.XAnchorPosition.Center,
            Y: top + offset,
            YRef: "paper",
            YAnchor: StyleParam.YAnchorPosition.Bottom,
            Text: title,
            ShowArrow: false,
            Font: font);
    });

    private static bool IsAxis(string name) =>
        name.StartsWith("xaxis", StringComparison.Ordinal) || name.StartsWith("yaxis", StringComparison.Ordinal);

    private static (double Start, double End) Span(int index, int count, double gap)
    {
        var step = 1 / (count - gap);
        return (step * index, (step * index) + (step * (1 - gap)));
    }
}
