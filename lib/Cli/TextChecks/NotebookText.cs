using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>A notebook as sentences, and as the sources that its code and its outputs are.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Sentences">The sentences of its text cells.</param>
/// <param name="Sources">
/// The lines of its code, which are settings, and of its outputs; of a chart only what its text says, never its points.
/// </param>
internal sealed partial record NotebookText(string Name, IReadOnlyList<Sentence> Sentences, IReadOnlyList<SourceRow> Sources)
{
    /// <summary>Reads a notebook.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="NotebookException">There is no such file, or it is no notebook.</exception>
    public static NotebookText Read(string path) => Of(NotebookFile.Read(path), Path.GetFileNameWithoutExtension(path));

    /// <summary>Reads a notebook.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="name">What it is called.</param>
    public static NotebookText Of(NotebookFile notebook, string name)
    {
        var sentences = new List<Sentence>();
        var sources = new List<SourceRow>();
        var section = "";
        for (var i = 0; i < notebook.Cells.Count; i++)
        {
            var cell = notebook.Cells[i];
            var (index, place) = (i, cell.Id ?? $"cell {i + 1}");
            if (cell.Kind == CellKind.Markdown)
            {
                section = cell.Source.Split('\n').LastOrDefault(line => line.StartsWith("## ", StringComparison.Ordinal)) ?? section;
                sentences.AddRange(Prose.Of(cell.Source, _ => place, section).Select(sentence => sentence with { Cell = index }));
            }
            else if (cell.Kind == CellKind.Code)
            {
                // A setting holds for the whole notebook.
                sources.AddRange(cell.Source.Split('\n').Where(line => Setting().IsMatch(line))
                    .SelectMany(line => SourceRows.Of(line, $"code of {place}", null)));
                sources.AddRange(cell.Outputs.OfType<JsonObject>()
                    .SelectMany(output => SourceRows.Of(Shown(output), place, section, cell: index)));
            }
        }

        return new NotebookText(name, sentences, sources);
    }

    private static string Shown(JsonObject output) =>
        output["data"] is not JsonObject data ? MultilineText.Read(output["text"])
        : data["text/plain"] is { } text ? MultilineText.Read(text)
        : data.ContainsKey("application/vnd.plotly.v1+json") ? ""
        : WebUtility.HtmlDecode(Markup().Replace(MultilineText.Read(data["text/html"]), "\n"));

    /// <summary>A line of code that gives a number a name: <c>int epochs = 20;</c>, <c>bins: 10</c>.</summary>
    [GeneratedRegex(@"[A-Za-z_]\s*[=:]\s*[\[{]?\s*[-.0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    /// <summary>Scripts, styles and tags.</summary>
    [GeneratedRegex("<script\\b[^>]*>.*?</script>|<style\\b[^>]*>.*?</style>|<[a-zA-Z/!][^>]*>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Markup();
}
