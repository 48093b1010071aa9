using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CovidNotebooks.Kernel.Files;

/// <summary>A notebook: nbformat 4.0 to 4.5, read and written without losing what is not understood.</summary>
public sealed class NotebookFile
{
    private readonly List<NotebookCell> cells = [];

    private NotebookFile(JsonObject json)
    {
        Json = json;
        foreach (var cell in (JsonArray)json["cells"]!)
        {
            cells.Add(new NotebookCell(this, (JsonObject)cell!));
        }
    }

    /// <summary>The notebook as the file holds it.</summary>
    public JsonObject Json { get; }

    /// <summary>The cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells => cells;

    /// <summary>The minor version of nbformat 4.</summary>
    public int FormatMinor => (int)Json["nbformat_minor"]!;

    /// <summary>The kernel of cells that name none; <c>csharp</c> unless the notebook says otherwise.</summary>
    public string DefaultKernelName =>
        NotebookCell.Text(Json["metadata"]?["polyglot_notebook"]?["kernelInfo"]?["defaultKernelName"])
        ?? (NotebookCell.Text(Json["metadata"]?["kernelspec"]?["name"]) is { } name
            && name.StartsWith(".net-", StringComparison.Ordinal) ? name[".net-".Length..] : null)
        ?? NotebookCell.Text(Json["metadata"]?["kernelspec"]?["language"])
        ?? "csharp";

    /// <summary>An empty notebook for C#.</summary>
    public static NotebookFile Create() => new((JsonObject)JsonNode.Parse(
        """
        {
          "cells": [],
          "metadata": {
            "kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
            "language_info": {"name": "polyglot-notebook"},
            "polyglot_notebook": {
              "kernelInfo": {"defaultKernelName": "csharp", "items": [{"aliases": [], "languageName": "csharp", "name": "csharp"}]}
            }
          },
          "nbformat": 4,
          "nbformat_minor": 5
        }
        """)!);

    /// <summary>Reads a notebook; <c>.dib</c> files too.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NotebookException">There is no such file, or it is not a notebook that can be read.</exception>
    public static NotebookFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new NotebookException($"There is no notebook {path}.");
        }

        try
        {
            var text = File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase) ? DibFormat.Parse(text)
                : Parse(text, Path.GetFileName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new NotebookException($"The notebook {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a notebook from its text.</summary>
    /// <param name="text">The content of an .ipynb file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="NotebookException">It is not a notebook that can be read.</exception>
    public static NotebookFile Parse(string text, string name = "notebook")
    {
        ArgumentNullException.ThrowIfNull(text);
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(
                text.TrimStart('\uFEFF'), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 512 });
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? $" at line {line + 1}, byte {exception.BytePositionInLine + 1}" : "";
            throw new NotebookException(
                $"{name} is not a notebook: its JSON is broken{place} ({Reason(exception, text)}). Was it cut while it was written, "
                    + "or does it hold merge conflict marks?",
                exception);
        }

        return new NotebookFile(Checked(root, name));
    }

    /// <summary>The text of the file: one space of indent, lists of lines, a line break at the end, as Jupyter writes it.</summary>
    public string ToText() => NotebookJsonWriter.Write(Json);

    /// <summary>Writes the notebook beside its target and renames it, so that the file is whole at every moment.</summary>
    /// <param name="path">The target.</param>
    /// <exception cref="NotebookWriteException">It cannot be written there.</exception>
    public void Save(string path) => Save(path, flush: true);

    internal void Save(string path, bool flush)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            AtomicFile.WriteAllText(path, ToText(), flush);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NotebookWriteException($"The notebook {path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public NotebookFile Clone() => new((JsonObject)Json.DeepClone());

    /// <summary>Adds a cell.</summary>
    /// <param name="index">Where, from 0.</param>
    /// <param name="kind">Code, Markdown or Raw.</param>
    /// <param name="source">Its text.</param>
    /// <param name="id">Its id, unique in the notebook: letters, digits, - and _. Left out before nbformat 4.5.</param>
    public NotebookCell Insert(int index, CellKind kind, string source, string id)
    {
        var metadata = kind == CellKind.Code
            ? JsonNode.Parse("""{"dotnet_interactive":{"language":"csharp"},"polyglot_notebook":{"kernelName":"csharp"}}""")
            : new JsonObject();
        var json = new JsonObject { ["cell_type"] = kind.ToString().ToLowerInvariant() };
        if (kind == CellKind.Code)
        {
            json["execution_count"] = null;
        }

        if (FormatMinor >= 5)
        {
            json["id"] = UniqueId(id);
        }

        json["metadata"] = metadata;
        if (kind == CellKind.Code)
        {
            json["outputs"] = new JsonArray();
        }

        json["source"] = MultilineText.Write(source);
        ((JsonArray)Json["cells"]!).Insert(index, json);
        var cell = new NotebookCell(this, json);
        cells.Insert(index, cell);
        return cell;
    }

    private static string Reason(JsonException exception, string text) =>
        string.IsNullOrWhiteSpace(text) ? "the file is empty"
        : exception.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.', ' ');

    private static JsonObject Checked(JsonNode? root, string name)
    {
        if (root is not JsonObject json || !json.ContainsKey("nbformat"))
        {
            throw new NotebookException($"{name} is not a notebook: it has no 'nbformat' at its top.");
        }

        var (major, minor) = (Number(json["nbformat"]), Number(json["nbformat_minor"]));
        if (major != 4 || minor is null or < 0 or > 5)
        {
            throw new NotebookException(
                $"{name} is of nbformat {json["nbformat"]?.ToJsonString() ?? "?"}.{json["nbformat_minor"]?.ToJsonString() ?? "?"}, "
                    + "and 4.0 to 4.5 can be read. Open it in Jupyter and save it, or run 'jupyter nbconvert --to notebook'.");
        }

        if (json["cells"] is not JsonArray cells)
        {
            throw new NotebookException($"{name} has no list of 'cells'.");
        }

        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i] is not JsonObject cell || NotebookCell.Text(cell["cell_type"]) is null)
            {
                throw new NotebookException($"Cell {i + 1} of {name} is not a cell: it has no 'cell_type'.");
            }
        }

        return json;
    }

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private string UniqueId(string id)
    {
        var taken = cells.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return taken.Contains(id)
            ? Enumerable.Range(2, taken.Count + 1).Select(n => $"{id}-{n}").First(candidate => !taken.Contains(candidate))
            : id;
    }
}
