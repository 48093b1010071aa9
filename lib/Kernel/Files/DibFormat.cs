using System.Text.Json;
using System.Text.Json.Nodes;

namespace CovidNotebooks.Kernel.Files;

/// <summary>The .dib format: plain text whose <c>#!language</c> lines start cells.</summary>
internal static class DibFormat
{
    private static readonly HashSet<string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        "csharp", "c#", "fsharp", "f#", "pwsh", "powershell", "html", "javascript", "js", "markdown", "md", "mermaid",
        "sql", "kql", "value", "raw", "http", "httpRequest",
    };

    public static NotebookFile Parse(string text)
    {
        var notebook = NotebookFile.Create();
        var language = "csharp";
        var lines = new List<string>();
        var isMetadata = false;
        foreach (var line in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            var word = line.TrimEnd();
            if (word == "#!meta")
            {
                Add(notebook, language, lines, isMetadata);
                isMetadata = true;
            }
            else if (word.StartsWith("#!", StringComparison.Ordinal) && Languages.Contains(word[2..]))
            {
                Add(notebook, language, lines, isMetadata);
                (language, isMetadata) = (word[2..].ToLowerInvariant(), false);
            }
            else
            {
                lines.Add(line);
            }
        }

        Add(notebook, language, lines, isMetadata);
        return notebook;
    }

    private static void Add(NotebookFile notebook, string language, List<string> lines, bool isMetadata)
    {
        var source = string.Join('\n', lines).Trim('\n');
        lines.Clear();
        if (isMetadata)
        {
            ReadMetadata(notebook, source);
            return;
        }

        if (string.IsNullOrWhiteSpace(source))
        {
            return;
        }

        var kind = language switch
        {
            "markdown" or "md" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            _ => CellKind.Code,
        };
        var cell = notebook.Insert(notebook.Cells.Count, kind, source, $"cell-{notebook.Cells.Count + 1}");
        if (kind == CellKind.Code && language != "csharp")
        {
            cell.Metadata["dotnet_interactive"]!["language"] = language;
            cell.Metadata["polyglot_notebook"]!["kernelName"] = language;
        }
    }

    private static void ReadMetadata(NotebookFile notebook, string source)
    {
        try
        {
            if (JsonNode.Parse(source) is JsonObject { } metadata && metadata["kernelInfo"] is JsonObject kernelInfo)
            {
                notebook.Json["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelInfo"] = kernelInfo.DeepClone() };
            }
        }
        catch (JsonException exception)
        {
            throw new NotebookException($"The #!meta block of the .dib file is not JSON: {exception.Message}", exception);
        }
    }
}
