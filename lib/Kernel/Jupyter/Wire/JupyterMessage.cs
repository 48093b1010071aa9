using System.Text.Json;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Jupyter.Wire;

/// <summary>A message of the Jupyter protocol.</summary>
internal sealed record JupyterMessage
{
    /// <summary>Whom a reply goes to; the topic of what is published.</summary>
    public IReadOnlyList<byte[]> Identities { get; init; } = [];

    public required JsonObject Header { get; init; }

    /// <summary>The header of the request that this message belongs to; empty when there is none.</summary>
    public JsonObject Parent { get; init; } = [];

    public JsonObject Metadata { get; init; } = [];

    public JsonObject Content { get; init; } = [];

    public string Type => NotebookCell.Text(Header["msg_type"]) ?? "";

    public string Id => NotebookCell.Text(Header["msg_id"]) ?? "";

    /// <summary>A text of the content.</summary>
    /// <exception cref="RequestException">It is missing or no text.</exception>
    public string Text(string name) => NotebookCell.Text(Content[name]) ?? throw Wrong(name, "a text");

    /// <summary>A text of the content, or the default where it is missing.</summary>
    public string Text(string name, string otherwise) => Content[name] is null ? otherwise : Text(name);

    /// <summary>A truth value of the content, or the default where it is missing.</summary>
    public bool Flag(string name, bool otherwise) => Content[name] switch
    {
        null => otherwise,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        _ => throw Wrong(name, "true or false"),
    };

    /// <summary>A whole number of the content, or the default where it is missing.</summary>
    public int Number(string name, int otherwise) => Content[name] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    private RequestException Wrong(string name, string expected)
    {
        var found = Content[name]?.ToJsonString() ?? "missing";
        return new RequestException($"{Type}: '{name}' is {(found.Length > 60 ? found[..60] + "…" : found)}; expected {expected}.");
    }
}

/// <summary>A request is not what the protocol says; it is answered with this message.</summary>
internal sealed class RequestException(string message) : Exception(message);
