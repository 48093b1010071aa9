using Plotly.NET.LayoutObjects;

namespace Plotly.NET;

/// <summary>Ready-made looks.</summary>
public static class ChartTemplates
{
    private static readonly string[] Colorway =
        ["#636efa", "#EF553B", "#00cc96", "#ab63fa", "#FFA15A", "#19d3f3", "#FF6692", "#B6E880", "#FF97FF", "#FECB52"];

    /// <summary>The look of a plotly figure: blue-grey panel, white grid.</summary>
    public static Template plotly { get; } = Make("#E5ECF6", gridColor: "white");

    /// <summary>White panel with axis lines.</summary>
    public static Template light { get; } = Make("white", gridColor: null);

    private static Template Make(string panel, string? gridColor)
    {
        var layout = new Layout();
        layout.SetValue("autotypenumbers", "strict");
        layout.SetValue("font", new { color = "#2a3f5f" });
        layout.SetValue("hovermode", "closest");
        layout.SetValue("paper_bgcolor", "white");
        layout.SetValue("plot_bgcolor", panel);
        layout.SetValue("colorway", Colorway);
        layout.SetValue("xaxis", Axis(gridColor));
        layout.SetValue("yaxis", Axis(gridColor));
        var template = new Template();
        template.SetValue("layout", layout);
        template.SetValue("data", new DynamicObj.DynamicObj());
        return template;
    }

    private static LinearAxis Axis(string? gridColor) => gridColor is null
        ? LinearAxis.init<string, string, string, string, string, string, string, string>(ShowLine: true, ZeroLine: true)
        : LinearAxis.init<string, string, string, string, string, string, string, string>(
            GridColor: Color.fromString(gridColor),
            LineColor: Color.fromString(gridColor),
            ZeroLineColor: Color.fromString(gridColor),
            ZeroLineWidth: 2.0);
}
