using System.Text.Json;
using System.Text.Json.Nodes;

namespace CovidNotebooks.Kernel.Files;

/// <summary>What .NET Interactive leaves in the notebooks that it saves.</summary>
internal static class InteractiveOutputs
{
    /// <summary>The element by which its script finds the cell that it stands in.</summary>
    private const string BootstrapperMark = "dotnet-interactive-this-cell";

    /// <summary>
    /// Whether an output is the script that connects the page with the kernel: it lists every network address of the machine and loads a
    /// script from a network.
    /// </summary>
    public static bool IsBootstrapper(JsonObject output) =>
        MultilineText.Read(output["data"]?["text/html"]).Contains(BootstrapperMark, StringComparison.Ordinal);

    /// <summary>Content of a JSON type as JSON: .NET Interactive saves it as a string. What is no JSON stays as it is.</summary>
    public static JsonNode? Json(JsonNode? content)
    {
        if (NotebookCell.Text(content) is not { } text)
        {
            return content;
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 512 });
        }
        catch (JsonException)
        {
            return content;
        }
    }

    /// <summary>Takes the bootstrapper out of a cell and makes JSON of JSON in strings.</summary>
    public static void Clean(NotebookCell cell)
    {
        foreach (var output in cell.Outputs.OfType<JsonObject>().ToList())
        {
            if (IsBootstrapper(output))
            {
                cell.Outputs.Remove(output);
            }
            else if (output["data"] is JsonObject data)
            {
                foreach (var type in data.Select(pair => pair.Key).Where(IsJson).ToList())
                {
                    data[type] = Json(data[type])?.DeepClone();
                }
            }
        }
    }

    private static bool IsJson(string mimeType) =>
        mimeType == "application/json"
            || (mimeType.StartsWith("application/", StringComparison.Ordinal) && mimeType.EndsWith("+json", StringComparison.Ordinal));
}
