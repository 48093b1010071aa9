using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Jupyter.Wire;

namespace CovidNotebooks.Kernel.Jupyter.Supervision;

/// <summary>What the supervisor knows of the process that runs the cells: lines of JSON through a pipe.</summary>
/// <param name="Request">The request whose cell runs; null when none does.</param>
/// <param name="Cell">The cell's number.</param>
/// <param name="Note">How its work is found again; empty when nothing was said.</param>
/// <param name="IsShuttingDown">Whether the process ends because it was asked to.</param>
internal sealed record WorkerState(JupyterMessage? Request, int Cell, string Note, bool IsShuttingDown)
{
    public static WorkerState Idle { get; } = new(null, 0, "", IsShuttingDown: false);

    /// <summary>The state after a line; a line that was cut changes nothing.</summary>
    public WorkerState After(string line)
    {
        try
        {
            return JsonNode.Parse(line) is not JsonObject json ? this
                : json["note"] is { } note ? this with { Note = note.ToString() }
                : json["shutdown"] is not null ? this with { IsShuttingDown = true }
                : json["header"] is JsonObject header ? new WorkerState(
                    Message(header, json["identities"]), (int)json["cell"]!, "", IsShuttingDown)
                : Idle with { IsShuttingDown = IsShuttingDown };
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            return this;
        }
    }

    private static JupyterMessage Message(JsonObject header, JsonNode? identities) => new()
    {
        Header = (JsonObject)header.DeepClone(),
        Identities = [.. (identities as JsonArray ?? []).Select(identity => Convert.FromBase64String(NotebookCell.Text(identity) ?? ""))],
    };
}

/// <summary>Writes the lines that <see cref="WorkerState"/> reads.</summary>
internal sealed class WorkerStateWriter(Stream pipe) : ICellWatcher
{
    private readonly Lock gate = new();

    public void Started(JupyterMessage request, int number) => Write(new JsonObject
    {
        ["cell"] = number,
        ["header"] = request.Header.DeepClone(),
        ["identities"] = new JsonArray([.. request.Identities.Select(identity => (JsonNode)Convert.ToBase64String(identity))]),
    });

    public void Noted(string text) => Write(new JsonObject { ["note"] = text });

    public void Ended() => Write([]);

    public void ShuttingDown() => Write(new JsonObject { ["shutdown"] = true });

    private void Write(JsonObject json)
    {
        lock (gate)
        {
            try
            {
                pipe.Write(Encoding.UTF8.GetBytes(json.ToJsonString() + "\n"));
                pipe.Flush();
            }
            catch (IOException)
            {
                // The supervisor is gone; this process is about to end, too.
            }
        }
    }
}
