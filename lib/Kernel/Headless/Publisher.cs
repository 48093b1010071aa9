using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Makes the copy of an executed notebook that others may read.</summary>
/// <remarks>
/// plotly.js becomes a line that says how to see interactive charts; pictures of a dataset (<c>data-covidnotebooks-pictures</c>) become the
/// text that stands for them; pictures of charts, tables and texts stay; times and random ids go, so that two runs differ only in what they
/// found. The script by which .NET Interactive finds its server, with the addresses of the machine, goes.
/// </remarks>
public static partial class Publisher
{
    private const string PlotlyJsMark = "data-covidnotebooks-plotlyjs";

    /// <summary>Makes the copy.</summary>
    /// <param name="executed">A notebook that ran without an error; it is not changed.</param>
    /// <param name="options">What must not be in it.</param>
    /// <exception cref="NotebookException">It holds an error, or one of the forbidden strings.</exception>
    public static NotebookFile Publish(NotebookFile executed, PublishOptions options)
    {
        ArgumentNullException.ThrowIfNull(executed);
        ArgumentNullException.ThrowIfNull(options);
        var notebook = executed.Clone();
        var charts = 0;
        for (var i = 0; i < notebook.Cells.Count; i++)
        {
            var cell = notebook.Cells[i];
            (cell.Json["metadata"] as JsonObject)?.Remove("execution");
            (cell.Json["metadata"] as JsonObject)?.Remove("covidnotebooks");
            if (cell.Kind != CellKind.Code)
            {
                continue;
            }

            InteractiveOutputs.Clean(cell);
            foreach (var output in cell.Outputs.OfType<JsonObject>())
            {
                if (NotebookCell.Text(output["output_type"]) == "error")
                {
                    throw new NotebookException(
                        $"Cell {i + 1} ended in an error ({NotebookCell.Text(output["evalue"])}): "
                            + "a notebook with errors is not published.");
                }

                Clean(output, options, i + 1, ref charts);
                Check(output, i + 1, options.ForbiddenStrings);
            }
        }

        return notebook;
    }

    private static void Clean(JsonObject output, PublishOptions options, int cell, ref int charts)
    {
        if (output["data"]?["text/html"] is not { } node)
        {
            return;
        }

        var html = MultilineText.Read(node);
        html = HtmlMarkup.Replace(html, "script", PlotlyJsMark, _ => Notice(options.PlotlyJsNotice));
        html = WithoutPictures(html, $"An output of cell {cell}");
        var numbered = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = charts;
        html = ChartId().Replace(html, match =>
        {
            if (!numbered.TryGetValue(match.Value, out var id))
            {
                numbered[match.Value] = id = "c-chart-" + (++next).ToString(CultureInfo.InvariantCulture);
            }

            return id;
        });
        charts = next;
        output["data"]!["text/html"] = MultilineText.Write(html);
    }

    /// <summary>
    /// An output's HTML without plotly.js and without the line that stands for it in a published notebook: for a page that has its own.
    /// </summary>
    public static string WithoutPlotlyJs(string html) =>
        HtmlMarkup.Replace(html, "script", PlotlyJsMark, _ => "")
            .Replace(Notice(PublishOptions.DefaultPlotlyJsNotice), "", StringComparison.Ordinal);

    private static string Notice(string text) => $"<p><em>{WebUtility.HtmlEncode(text)}</em></p>";

    /// <summary>
    /// An output's HTML with the pictures of a dataset replaced by the text that stands for them; where that was done before, it stays.
    /// </summary>
    /// <param name="html">The output.</param>
    /// <param name="where">What it is, for the message of the exception.</param>
    /// <exception cref="NotebookException">
    /// The HTML around the pictures is not well formed: they cannot be taken out with certainty.
    /// </exception>
    public static string WithoutPictures(string html, string where)
    {
        const string Mark = "data-covidnotebooks-pictures";
        const string Instead = "Pictures of an image set, which may show patients, are not published.";
        var replaced = 0;
        html = HtmlMarkup.Replace(html, "div", Mark, element =>
        {
            replaced++;
            var content = html[element.ContentStart..element.ContentEnd];
            return TextAlone().IsMatch(content)
                ? $"<div {Mark}>{content}</div>"
                : $"<div {Mark}><p>{WebUtility.HtmlEncode(HtmlMarkup.Attribute(element.StartTag, "data-instead") ?? Instead)}</p></div>";
        });
        if (html.Split(Mark).Length - 1 != replaced)
        {
            throw new NotebookException(
                $"{where} marks pictures of a dataset ({Mark}) in HTML that is not well formed: "
                    + "they cannot be taken out with certainty, so it is not published.");
        }

        return html;
    }

    private static void Check(JsonObject output, int cell, IReadOnlyList<string> forbidden)
    {
        foreach (var text in Texts(output))
        {
            var plain = EmbeddedData().Replace(WebUtility.HtmlDecode(text), "");
            foreach (var secret in forbidden.Select(f => f.TrimEnd('/', '\\')).Where(f => f.Length > 1))
            {
                if (Mentions(plain, secret) || Mentions(plain, secret.Replace("\\", "\\\\", StringComparison.Ordinal)))
                {
                    throw new NotebookException(
                        $"An output of cell {cell} names '{secret}', a place of this machine: it is not published. Show paths "
                            + "relative to the data folder, then run again.");
                }
            }
        }
    }

    private static bool Mentions(string text, string secret)
    {
        for (var i = text.IndexOf(secret, StringComparison.Ordinal); i >= 0; i = text.IndexOf(secret, i + 1, StringComparison.Ordinal))
        {
            var end = i + secret.Length;
            var startsHere = i == 0 || !(char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '_' or '-');
            if (startsHere && (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-')))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject json =>
            json.Where(pair => !pair.Key.StartsWith("image/", StringComparison.Ordinal) || pair.Key == "image/svg+xml")
                .SelectMany(pair => Texts(pair.Value)),
        JsonArray array when array.All(item => NotebookCell.Text(item) is not null) => [MultilineText.Read(array)],
        JsonArray array => array.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    [
        GeneratedRegex(
            @"\bc-[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
            10_000),
    ]
    private static partial Regex ChartId();

    [GeneratedRegex(@"^<p>[^<>]*</p>\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TextAlone();

    [GeneratedRegex(@"data:[-\w/+.]+;base64,[A-Za-z0-9+/=\s]+", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex EmbeddedData();
}
