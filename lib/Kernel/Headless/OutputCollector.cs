using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Formatting;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Turns the events of cells into nbformat outputs.</summary>
internal sealed class OutputCollector
{
    private readonly Dictionary<string, List<JsonObject>> displayed = new(StringComparer.Ordinal);
    private NotebookCell? cell;
    private TerminalText stream = new();
    private JsonObject? streamOutput;
    private bool clearsAtNext;

    /// <summary>Empties a cell's outputs; what comes next goes there.</summary>
    public void Start(NotebookCell cell, int executionCount)
    {
        Finish();
        (this.cell, streamOutput, clearsAtNext) = (cell, null, false);
        cell.ExecutionCount = executionCount;
        cell.Json["outputs"] = new JsonArray();
    }

    public void Add(CellEvent cellEvent)
    {
        var outputs = cell!.Outputs;
        if (clearsAtNext && cellEvent is StreamWritten or ValueDisplayed or ValueReturned or ErrorRaised)
        {
            Clear(outputs);
        }

        switch (cellEvent)
        {
            case OutputCleared { Wait: true }:
                clearsAtNext = true;
                break;
            case OutputCleared:
                Clear(outputs);
                break;
            case StreamWritten written:
                AddStream(outputs, written);
                break;
            case ValueDisplayed displayed:
                var shown = new JsonObject
                {
                    ["data"] = Data(displayed.Bundle),
                    ["metadata"] = new JsonObject(),
                    ["output_type"] = "display_data",
                };
                outputs.Add(shown);
                if (!this.displayed.TryGetValue(displayed.DisplayId, out var places))
                {
                    this.displayed[displayed.DisplayId] = places = [];
                }

                places.Add(shown);
                break;
            case ValueUpdated updated:
                foreach (var place in displayed.GetValueOrDefault(updated.DisplayId) ?? [])
                {
                    place["data"] = Data(updated.Bundle);
                }

                break;
            case ValueReturned returned:
                outputs.Add(
                    new JsonObject
                    {
                        ["data"] = Data(returned.Bundle),
                        ["execution_count"] = cell.ExecutionCount,
                        ["metadata"] = new JsonObject(),
                        ["output_type"] = "execute_result",
                    });
                break;
            case ErrorRaised raised:
                outputs.Add(Error(raised.Error));
                break;
            default:
                break;
        }
    }

    /// <summary>Puts text that has come in since the last call into its output; before every save.</summary>
    public void Finish()
    {
        if (streamOutput is not null)
        {
            streamOutput["text"] = MultilineText.Write(stream.ToString());
        }
    }

    public static JsonObject Error(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    };

    private static JsonObject Data(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (type, content) in bundle.Content.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            data[type] = MimeBundle.IsJson(type) ? MimeBundle.Json(content)
                : type.StartsWith("text/", StringComparison.Ordinal)
                    || type is "application/javascript" or "image/svg+xml" ? MultilineText.Write(content)
                : (JsonNode)content;
        }

        return data;
    }

    private void Clear(JsonArray outputs)
    {
        outputs.Clear();
        (streamOutput, clearsAtNext) = (null, false);
    }

    private void AddStream(JsonArray outputs, StreamWritten written)
    {
        var name = written.Stream == CellStream.Out ? "stdout" : "stderr";
        if (streamOutput is null
            || !ReferenceEquals(outputs.LastOrDefault(), streamOutput)
            || NotebookCell.Text(streamOutput["name"]) != name)
        {
            Finish();
            stream = new TerminalText();
            outputs.Add(streamOutput = new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = new JsonArray() });
        }

        stream.Append(written.Text);
    }
}
