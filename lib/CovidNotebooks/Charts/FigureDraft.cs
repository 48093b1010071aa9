using System.Globalization;
using Microsoft.FSharp.Collections;
using Plotly.NET;

namespace CovidNotebooks.Charts;

/// <summary>Puts a figure together: traces, axes, reference lines and notes in the look that all charts share.</summary>
internal sealed class FigureDraft
{
    /// <summary>Width of every figure in pixels: fits a notebook's column and a printed page.</summary>
    public const int Width = 700;

    private const int CharactersALine = 104;

    /// <summary>Plotly's buttons stand to the right of a title.</summary>
    private const int CharactersOfTitle = 62;

    private readonly List<Trace> traces = [];
    private readonly List<object> shapes = [];
    private readonly List<object> annotations = [];
    private readonly Layout layout = new();
    private readonly string title;
    private readonly IReadOnlyList<string> titleLines;
    private readonly IReadOnlyList<string> lines;
    private readonly int topMargin;
    private int bottomMargin = 52;
    private int leftMargin = 62;
    private int rightMargin = 16;

    public FigureDraft(string title, string? subtitle, int plotHeight, bool hasPanelTitles = false)
    {
        this.title = title;
        titleLines = PlotlyText.Lines(title.Trim(), CharactersOfTitle);
        lines = subtitle is null ? [] : PlotlyText.Lines(subtitle, CharactersALine);
        topMargin = 30 + (20 * titleLines.Count) + (16 * lines.Count) + (hasPanelTitles ? 24 : 4);
        PlotHeight = plotHeight;
        layout.SetProperty("font", new { family = "Helvetica, Arial, sans-serif", size = 13, color = ChartColors.Ink });
        layout.SetProperty("paper_bgcolor", "white");
        layout.SetProperty("plot_bgcolor", "white");
        layout.SetProperty("hovermode", "closest");
        layout.SetProperty("showlegend", propertyValue: false);
    }

    /// <summary>Height of the plotting area in pixels, without margins.</summary>
    public int PlotHeight { get; }

    public FigureDraft Margins(int? left = null, int? right = null, int? bottom = null)
    {
        leftMargin = left ?? leftMargin;
        rightMargin = right ?? rightMargin;
        bottomMargin = bottom ?? bottomMargin;
        return this;
    }

    public FigureDraft Set(string name, object value)
    {
        layout.SetProperty(name, value);
        return this;
    }

    /// <summary>A trace of any type; the dictionary holds plotly's own names.</summary>
    public FigureDraft Add(string type, string? name, Dictionary<string, object?> properties)
    {
        var trace = new Trace(type);
        if (name is not null)
        {
            trace.SetProperty("name", name);
        }

        foreach (var (key, value) in properties)
        {
            trace.SetProperty(key, value);
        }

        traces.Add(trace);
        return this;
    }

    public FigureDraft Line(string name, double[] x, double?[] y, LineLook look) => Add("scatter", name, new()
    {
        ["mode"] = look.Markers ? "lines+markers" : "lines",
        ["x"] = x,
        ["y"] = y,
        ["xaxis"] = "x" + look.Panel,
        ["yaxis"] = "y" + look.Panel,
        ["line"] = new { color = look.Color, width = look.Width, dash = look.Dash, shape = look.Shape },
        ["marker"] = new { color = look.Color, size = 6, symbol = look.Symbol },
        ["showlegend"] = look.InLegend,
        ["legendgroup"] = name,
        ["hovertemplate"] = look.Hover ?? "%{y:.4f}<extra>%{fullData.name}</extra>",
    });

    /// <summary>A shaded area, given by its outline and drawn behind what follows.</summary>
    public FigureDraft Polygon(string name, double[] x, double[] y, string color) => Add("scatter", name, new()
    {
        ["mode"] = "lines",
        ["x"] = x,
        ["y"] = y,
        ["fill"] = "toself",
        ["fillcolor"] = ChartColors.WithOpacity(color, .18),
        ["line"] = new { color = "rgba(0,0,0,0)", width = 0 },
        ["hoverinfo"] = "skip",
    });

    /// <summary>An axis with its title; <paramref name="id"/> is plotly's, for example <c>xaxis2</c>.</summary>
    public FigureDraft Axis(string id, string? title, Dictionary<string, object?>? more = null)
    {
        var axis = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["title"] = title is null ? null : new { text = PlotlyText.Plain(title), standoff = 8, font = new { size = 13 } },
            ["gridcolor"] = ChartColors.Grid,
            ["zeroline"] = false,
            ["showline"] = true,
            ["linecolor"] = ChartColors.Grey,
            ["ticks"] = "outside",
            ["ticklen"] = 4,
            ["tickcolor"] = ChartColors.Grey,
            ["tickfont"] = new { size = 12 },
        };
        foreach (var (name, value) in more ?? [])
        {
            axis[name] = value;
        }

        layout.SetProperty(id, axis.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal));
        return this;
    }

    /// <summary>A straight line between two points of a panel, behind the traces.</summary>
    public FigureDraft Segment(
        string panel, (double X, double Y) from, (double X, double Y) to, string color, string dash = "dash", double width = 1.5)
    {
        shapes.Add(
            new
            {
                type = "line",
                xref = "x" + panel,
                yref = "y" + panel,
                x0 = from.X,
                y0 = from.Y,
                x1 = to.X,
                y1 = to.Y,
                layer = "below",
                line = new { color, dash, width },
            });
        return this;
    }

    /// <summary>A vertical line through the whole height of a panel.</summary>
    public FigureDraft VerticalLine(string panel, double x, string color, string dash = "dash", double width = 1.5, string? yPanel = null)
    {
        shapes.Add(
            new
            {
                type = "line",
                xref = "x" + panel,
                yref = $"y{yPanel ?? panel} domain",
                x0 = x,
                y0 = 0.0,
                x1 = x,
                y1 = 1.0,
                line = new { color, dash, width },
            });
        return this;
    }

    /// <summary>Text at a place; <paramref name="options"/> adds plotly's own settings.</summary>
    public FigureDraft Note(string xref, object x, string yref, object y, string text, Dictionary<string, object?>? options = null)
    {
        var note = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["xref"] = xref,
            ["yref"] = yref,
            ["x"] = x,
            ["y"] = y,
            ["text"] = text,
            ["showarrow"] = false,
            ["font"] = new { size = 12, color = ChartColors.Ink },
        };
        foreach (var (name, value) in options ?? [])
        {
            note[name] = value;
        }

        annotations.Add(note);
        return this;
    }

    /// <summary>A legend in a row below the plot.</summary>
    public FigureDraft LegendBelow(int offset = 46)
    {
        layout.SetProperty("showlegend", propertyValue: true);
        layout.SetProperty(
            "legend",
            new
            {
                orientation = "h",
                x = 0,
                xanchor = "left",
                y = -(double)offset / PlotHeight,
                yanchor = "top",
                font = new { size = 12 },
                traceorder = "normal",
                itemclick = "toggle",
            });
        bottomMargin += 30;
        return this;
    }

    /// <summary>A legend inside the plot, at a corner given as fractions of it.</summary>
    public FigureDraft LegendInside(double x, double y, string xAnchor, string yAnchor)
    {
        layout.SetProperty("showlegend", propertyValue: true);
        layout.SetProperty(
            "legend", new { x, y, xanchor = xAnchor, yanchor = yAnchor, bgcolor = "rgba(255,255,255,.85)", font = new { size = 12 } });
        return this;
    }

    public Figure Build()
    {
        var height = topMargin + PlotHeight + bottomMargin;
        var below = string.Concat(
            lines.Select(line => $"<br><span style=\"font-size:12px;color:{ChartColors.Grey}\">{PlotlyText.Plain(line)}</span>"));
        layout.SetProperty("title", new
        {
            text = $"<b>{string.Join("<br>", titleLines.Select(PlotlyText.Plain))}</b>{below}",
            x = 12.0 / Width,
            xref = "container",
            xanchor = "left",
            y = 1 - (20.0 / height),
            yref = "container",
            yanchor = "top",
            font = new { size = 16 },
        });
        layout.SetProperty("width", Width);
        layout.SetProperty("height", height);
        layout.SetProperty("margin", new { l = leftMargin, r = rightMargin, t = topMargin, b = bottomMargin });
        layout.SetProperty("shapes", shapes);
        layout.SetProperty("annotations", annotations);
        var config = new Config();
        config.SetProperty("displaylogo", propertyValue: false);
        config.SetProperty("modeBarButtonsToRemove", new[] { "select2d", "lasso2d", "autoScale2d" });
        var chart = GenericChart.ofTraceObjects(useDefaults: false, ListModule.OfSeq(traces));
        return new Figure(title, GenericChart.setConfig(config, GenericChart.setLayout(layout, chart)));
    }

    /// <summary>Invariant text of a number, for labels.</summary>
    public static string Number(double value, string format = "0.###") => value.ToString(format, CultureInfo.InvariantCulture);
}
