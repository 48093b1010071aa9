using System.Text.Json.Nodes;

namespace CovidNotebooks.Kernel.Files;

/// <summary>Text as nbformat keeps it: a list of lines, each with its line break, or one string.</summary>
public static class MultilineText
{
    /// <summary>The text of a node: a string, a list of strings, or nothing.</summary>
    /// <param name="node">The node.</param>
    public static string Read(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(NotebookCell.Text)),
        _ => NotebookCell.Text(node) ?? "",
    };

    /// <summary>The text as a list of lines.</summary>
    /// <param name="text">The text.</param>
    public static JsonArray Write(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var found and >= 0 ? found + 1 : text.Length;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }
}
