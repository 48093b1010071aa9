using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Formatting;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Turns the events of cells into nbformat outputs.</summary>
internal sealed class OutputCollector
{
    private readonly Dictionary<string, List<JsonObject>> _displayed = new(StringComparer.Ordinal);
    private NotebookCell? _cell;
    private TerminalText _stream = new();
    private JsonObject? _streamOutput;
    private bool _clearsAtNext;

    /// <summary>Empties a cell's outputs; what comes next goes there.</summary>
    public void Start(NotebookCell cell, int executionCount)
    {
        Finish();
        (_cell, _streamOutput, _clearsAtNext) = (cell, null, false);
        cell.ExecutionCount = executionCount;
        cell.Json["outputs"] = new JsonArray();
    }

    public void Add(CellEvent cellEvent)
    {
        var outputs = _cell!.Outputs;
        if (_clearsAtNext && cellEvent is StreamWritten or ValueDisplayed or ValueReturned or ErrorRaised)
        {
            Clear(outputs);
        }

        switch (cellEvent)
        {
            case OutputCleared { Wait: true }:
                _clearsAtNext = true;
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
                if (!_displayed.TryGetValue(displayed.DisplayId, out var places))
                {
                    _displayed[displayed.DisplayId] = places = [];
                }

                places.Add(shown);
                break;
            case ValueUpdated updated:
                foreach (var place in _displayed.GetValueOrDefault(updated.DisplayId) ?? [])
                {
                    place["data"] = Data(updated.Bundle);
                }

                break;
            case ValueReturned returned:
                outputs.Add(
                    new JsonObject
                    {
                        ["data"] = Data(returned.Bundle),
                        ["execution_count"] = _cell.ExecutionCount,
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
        if (_streamOutput is not null)
        {
            _streamOutput["text"] = MultilineText.Write(_stream.ToString());
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
        (_streamOutput, _clearsAtNext) = (null, false);
    }

    private void AddStream(JsonArray outputs, StreamWritten written)
    {
        var name = written.Stream == CellStream.Out ? "stdout" : "stderr";
        if (_streamOutput is null
            || !ReferenceEquals(outputs.LastOrDefault(), _streamOutput)
            || NotebookCell.Text(_streamOutput["name"]) != name)
        {
            Finish();
            _stream = new TerminalText();
            outputs.Add(_streamOutput = new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = new JsonArray() });
        }

        _stream.Append(written.Text);
    }
}
