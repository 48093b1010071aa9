using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CovidNotebooks.Charts;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using Markdig;

namespace CovidNotebooks.Cli.Exporting;

/// <summary>A saved notebook as one page that needs nothing else: text, code, outputs, charts that live without a network.</summary>
internal static class NotebookPage
{
    private const string Style =
        """
        body { max-width: 1100px; margin: 2em auto; padding: 0 1em; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff }
        pre { overflow-x: auto; padding: .7em 1em; background: #f6f6f4; border-left: 3px solid #0072b2; font-size: 13px }
        pre.output { background: #fff; border-left-color: #ddd; white-space: pre-wrap; overflow-wrap: anywhere }
        pre.error { border-left-color: #d55e00 }
        table { border-collapse: collapse; margin: .7em 0; font-size: 14px }
        th, td { padding: .2em .7em; border-bottom: 1px solid #e3e3e3; text-align: left }
        .output { margin: .7em 0 1.5em; overflow-x: auto }
        img { max-width: 100% }
        """;

    /// <summary>Raw HTML in a notebook's text stays text: the page runs the charts' scripts and no others of it.</summary>
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml()
        .Build();

    /// <summary>Makes the page.</summary>
    /// <param name="notebook">A notebook with its outputs; it is not changed.</param>
    /// <param name="title">The page's title, where the notebook has no heading.</param>
    /// <param name="withPictures">
    /// Whether pictures of the image sets stay. The page is then for this machine: most sets' licences and every patient's privacy forbid
    /// to hand it out.
    /// </param>
    public static string Of(NotebookFile notebook, string title, bool withPictures)
    {
        var body = new StringBuilder();
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
            {
                body.AppendLine(Markdig.Markdown.ToHtml(cell.Source, Markdown));
                continue;
            }

            if (cell.Kind == CellKind.Code && cell.Source.Length > 0)
            {
                body.AppendLine($"<pre class=\"code\"><code>{WebUtility.HtmlEncode(cell.Source)}</code></pre>");
            }

            foreach (var output in cell.Outputs.OfType<JsonObject>())
            {
                body.AppendLine(Output(output, withPictures));
            }
        }

        var head = Heading(notebook) ?? title;
        var plotly = body.ToString().Contains("covidnotebooks-plot", StringComparison.Ordinal)
            ? $"<script>{new PlotlyScript().ReadSource()}</script>"
            : "";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(head)}</title>
            <style>{Style}</style>{plotly}</head>
            <body>
            {body}<footer><p>Made with CovidNotebooks, for research and teaching, never for diagnosis.</p></footer>
            </body>
            </html>

            """;
    }

    private static string? Heading(NotebookFile notebook) =>
        notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    private static string Output(JsonObject output, bool withPictures) => Text(output["output_type"]) switch
    {
        "stream" => Preformatted("output", MultilineText.Read(output["text"])),
        "error" => Preformatted(
            "output error",
            $"{Text(output["ename"])}: {Text(output["evalue"])}"),
        _ => Shown(output["data"] as JsonObject ?? [], withPictures),
    };

    private static string Shown(JsonObject data, bool withPictures)
    {
        if (data["text/html"] is { } html)
        {
            return $"<div class=\"output\">{Prepared(MultilineText.Read(html), withPictures)}</div>";
        }

        if (data["text/markdown"] is { } markdown)
        {
            return Markdig.Markdown.ToHtml(MultilineText.Read(markdown), Markdown);
        }

        var image = data.FirstOrDefault(pair => pair.Key.StartsWith("image/", StringComparison.Ordinal) && pair.Key != "image/svg+xml");
        if (image.Value is { } picture)
        {
            // A bare picture does not say whose it is.
            return withPictures
                ? $"<div class=\"output\"><img src=\"data:{image.Key};base64,{MultilineText.Read(picture).Trim()}\" alt=\"\"></div>"
                : "<div class=\"output\"><p>A picture whose origin the notebook does not tell is left out.</p></div>";
        }

        return data["text/plain"] is { } text ? Preformatted("output", MultilineText.Read(text)) : "";
    }

    private static string Prepared(string html, bool withPictures)
    {
        html = Publisher.WithoutPlotlyJs(html);
        return withPictures ? html : Publisher.WithoutPictures(html, "An output");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Preformatted(string kind, string text) => $"<pre class=\"{kind}\">{WebUtility.HtmlEncode(text)}</pre>";
}
