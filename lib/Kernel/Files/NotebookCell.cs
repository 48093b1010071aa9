using System.Text.Json;
using System.Text.Json.Nodes;

namespace CovidNotebooks.Kernel.Files;

/// <summary>What a cell is.</summary>
public enum CellKind
{
    /// <summary>Code, with outputs.</summary>
    Code,

    /// <summary>Text in Markdown.</summary>
    Markdown,

    /// <summary>Text that is kept as it is.</summary>
    Raw,

    /// <summary>A kind that this version does not know; kept as it is.</summary>
    Other,
}

/// <summary>A cell of a notebook: a view of its JSON, so that whatever is not understood stays.</summary>
public sealed class NotebookCell
{
    private readonly NotebookFile notebook;

    internal NotebookCell(NotebookFile notebook, JsonObject json)
    {
        this.notebook = notebook;
        Json = json;
    }

    /// <summary>The cell as the file holds it.</summary>
    public JsonObject Json { get; }

    /// <summary>What the cell is.</summary>
    public CellKind Kind => Text(Json["cell_type"]) switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        "raw" => CellKind.Raw,
        _ => CellKind.Other,
    };

    /// <summary>The cell's id; null before nbformat 4.5.</summary>
    public string? Id => Text(Json["id"]);

    /// <summary>The cell's text.</summary>
    public string Source
    {
        get => MultilineText.Read(Json["source"]);
        set => Json["source"] = MultilineText.Write(value);
    }

    /// <summary>The cell's metadata; made when it has none.</summary>
    public JsonObject Metadata
    {
        get
        {
            if (Json["metadata"] is not JsonObject metadata)
            {
                Json["metadata"] = metadata = [];
            }

            return metadata;
        }
    }

    /// <summary>The cell's tags.</summary>
    public IReadOnlyList<string> Tags => Json["metadata"]?["tags"] is JsonArray tags ? [.. tags.Select(Text).OfType<string>()] : [];

    /// <summary>The outputs of a code cell; made when it has none.</summary>
    public JsonArray Outputs
    {
        get
        {
            if (Json["outputs"] is not JsonArray outputs)
            {
                Json["outputs"] = outputs = [];
            }

            return outputs;
        }
    }

    /// <summary>The number that the cell got when it ran; null when it has not run.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue value && value.TryGetValue<int>(out var count) ? count : null;
        set => Json["execution_count"] = value;
    }

    /// <summary>
    /// The kernel that the cell is written for: its own metadata, else the notebook's default. A <c>#!</c> line in the text goes before
    /// this.
    /// </summary>
    public string KernelName =>
        Text(Json["metadata"]?["polyglot_notebook"]?["kernelName"])
        ?? Text(Json["metadata"]?["dotnet_interactive"]?["language"])
        ?? notebook.DefaultKernelName;

    internal static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
