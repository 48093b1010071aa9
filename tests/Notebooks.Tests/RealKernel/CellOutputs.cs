using System.Text.Json.Nodes;

namespace Tests.Notebooks.RealKernel;

/// <summary>Turns the events of .NET Interactive into the outputs that a notebook would hold.</summary>
internal sealed class CellOutputs
{
    private readonly List<CellOutput> outputs = [];
    private readonly Dictionary<string, int> displayed = new(StringComparer.Ordinal);

    public IReadOnlyList<CellOutput> All => outputs;

    public void Add(string eventType, JsonNode content)
    {
        switch (eventType)
        {
            // Its own script, in the first cell's output: see InteractiveOutputs.
            case "DisplayedValueProduced" when Data(content)
                .GetValueOrDefault("text/html")?.Contains("dotnet-interactive-this-cell", StringComparison.Ordinal) == true:
                break;
            case "DisplayedValueProduced":
                displayed[(string)content["valueId"]!] = outputs.Count;
                outputs.Add(new CellOutput("display_data", Data(content)));
                break;
            case "DisplayedValueUpdated" when displayed.TryGetValue((string)content["valueId"]!, out var place):
                outputs[place] = new CellOutput("display_data", Data(content));
                break;
            case "ReturnValueProduced":
                outputs.Add(new CellOutput("execute_result", Data(content)));
                break;
            case "StandardOutputValueProduced":
                AddText("stdout", content);
                break;
            case "StandardErrorValueProduced":
                AddText("stderr", content);
                break;
            default:
                break;
        }
    }

    private static Dictionary<string, string> Data(JsonNode content) =>
        content["formattedValues"]!.AsArray()
            .ToDictionary(value => (string)value!["mimeType"]!, value => (string)value!["value"]!, StringComparer.Ordinal);

    private void AddText(string stream, JsonNode content)
    {
        var text = Data(content)["text/plain"];
        if (outputs.LastOrDefault() is { } last && last.Kind == stream)
        {
            outputs[^1] = new CellOutput(stream, CellOutput.OfText(last.Text + text));
            return;
        }

        outputs.Add(new CellOutput(stream, CellOutput.OfText(text)));
    }
}
