using System.Net;

namespace Plotly.NET;

/// <summary>The HTML of a chart: an element, the script that draws it, and the page around them.</summary>
internal static class ChartHtml
{
    private const string ResourceName = "Plotly.NET.plotly-2.27.1.min.js";

    public static string Element(GenericChart chart)
    {
        var id = Guid.NewGuid().ToString();
        var function = "renderPlotly_" + id.Replace("-", "", StringComparison.Ordinal);
        var draw = $"Plotly.newPlot('{id}', {chart.TracesJson()}, {chart.LayoutJson()}, {chart.ConfigJson()});";
        var reference = DisplayOptions.getPlotlyReference(GenericChart.getDisplayOptions(chart));
        var body = reference.IsRequire
            ? $"requirejs.config({{context:'fsharp-plotly',paths:{{plotly:'{reference.Url}'}}}})(['plotly'], function(Plotly) {{ {draw} }});"
            : draw;
        return $"<div id=\"{id}\"><!-- Plotly chart will be drawn inside this DIV --></div>"
            + $"<script type=\"text/javascript\">var {function} = function() {{ {body} }};\n{function}();\n</script>";
    }

    public static string Document(GenericChart chart)
    {
        var options = GenericChart.getDisplayOptions(chart);
        return "<!DOCTYPE html>\n<html><head>"
            + PlotlyJs(DisplayOptions.getPlotlyReference(options))
            + $"<title>{WebUtility.HtmlEncode(DisplayOptions.getDocumentTitle(options))}</title><meta charset=\"UTF-8\">"
            + $"</head><body>{Element(chart)}</body></html>";
    }

    private static string PlotlyJs(PlotlyJSReference reference) => reference switch
    {
        { IsCDN: true } => $"<script src=\"{reference.Url}\" charset=\"utf-8\"></script>",
        { IsFull: true } => $"<script type=\"text/javascript\" charset=\"utf-8\">{FullPlotlyJs()}</script>",
        _ => "",
    };

    private static string FullPlotlyJs()
    {
        using var resource = typeof(ChartHtml).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException(
                $"This build of Plotly.NET does not carry {ResourceName}. Run ./kit setup, which fetches plotly.js, and build again.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
