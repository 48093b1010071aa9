using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Draws the charts of a notebook as PNG pictures, for readers whose viewer runs no scripts.</summary>
/// <remarks>
/// A chart is an output whose HTML holds an <c>&lt;img data-covidnotebooks-png&gt;</c>, which gets the picture. Its figure is the output's
/// <c>application/vnd.plotly.v1+json</c>, or where there is none (a chart displayed as HTML only) what its HTML draws.
/// </remarks>
internal static class ChartPictures
{
    private const string PlotlyMimeType = "application/vnd.plotly.v1+json";
    private const string ImageAttribute = "data-covidnotebooks-png";
    private const int DefaultHeight = 450;

    private sealed record Chart(JsonObject Data, string Html);

    /// <summary>Draws all charts with one browser process.</summary>
    /// <returns>Null when every chart has its picture, else one line that says why not.</returns>
    public static async Task<string?> DrawAsync(NotebookFile notebook, ChartPictureOptions options, CancellationToken cancellationToken)
    {
        var charts = Charts(notebook);
        if (charts.Count == 0)
        {
            return null;
        }

        if ((options.PlotlyJs ?? PlotlyJs(notebook)) is not { } plotlyJs)
        {
            return "The charts have no pictures: plotly.js is in no output of the notebook.";
        }

        if (Browser.Find(options.BrowserPath) is not { } browser)
        {
            return
                "The charts have no pictures: "
                + $"{(options.BrowserPath is { } named ? $"there is no browser {named}" : "no chromium or google-chrome was found")}. "
                + "They show where scripts run.";
        }

        using var timeLimit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeLimit.CancelAfter(options.TimeLimit);
        using var server = new ChartServer(plotlyJs, Request(charts, options.Width));
        string? problem;
        try
        {
            problem = await Browser.VisitAsync(browser, server.Url, server.Done, timeLimit.Token).ConfigureAwait(false) is { } lastWords
                ? $"{Path.GetFileName(browser)} ended too early: {lastWords}"
                : null;
        }
        catch (OperationCanceledException)
        {
            problem = cancellationToken.IsCancellationRequested ? "cancelled" : $"not done after {options.TimeLimit.TotalSeconds:0.#} s";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            problem = $"{browser} does not start: {exception.Message}";
        }

        foreach (var (index, picture) in server.Pictures)
        {
            Insert(charts[index], picture);
        }

        problem ??= server.Failures.FirstOrDefault();
        return server.Pictures.Count == charts.Count ? null
            : $"{charts.Count - server.Pictures.Count} of {charts.Count} charts have no picture ({problem}).";
    }

    private static List<Chart> Charts(NotebookFile notebook) =>
    [
        .. notebook.Cells.Where(c => c.Kind == CellKind.Code)
            .SelectMany(c => c.Outputs)
            .Select(output => output?["data"])
            .OfType<JsonObject>()
            .Select(data => new Chart(data, MultilineText.Read(data["text/html"])))
            .Where(chart => HtmlMarkup.Find(chart.Html, "img", ImageAttribute).Any()),
    ];

    private static string? PlotlyJs(NotebookFile notebook)
    {
        foreach (var html in notebook.Cells.Where(c => c.Kind == CellKind.Code).SelectMany(c => c.Outputs)
            .Select(output => MultilineText.Read(output?["data"]?["text/html"])))
        {
            if (HtmlMarkup.Find(html, "script", "data-covidnotebooks-plotlyjs").FirstOrDefault() is { } script)
            {
                return html[script.ContentStart..script.ContentEnd];
            }
        }

        return null;
    }

    private static string Request(List<Chart> charts, int width) => new JsonObject
    {
        ["charts"] = new JsonArray([.. charts.Select(Drawing)]),
        ["width"] = width,
        ["height"] = DefaultHeight,
    }.ToJsonString();

    private static JsonNode Drawing(Chart chart) => InteractiveOutputs.Json(chart.Data[PlotlyMimeType]) is JsonObject figure
        ? new JsonObject { ["figure"] = figure.DeepClone() }
        : new JsonObject { ["html"] = chart.Html };

    private static void Insert(Chart chart, string picture)
    {
        var html = HtmlMarkup.Replace(
            chart.Html, "img", ImageAttribute, element => WithSource(element.StartTag, "data:image/png;base64," + picture));
        chart.Data["text/html"] = MultilineText.Write(html);
    }

    private static string WithSource(string tag, string source)
    {
        var bare = System.Text.RegularExpressions.Regex.Replace(
            tag,
            """\ssrc\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""",
            "",
            System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1));
        return bare.Insert("<img".Length, $" src=\"{source}\"");
    }
}
