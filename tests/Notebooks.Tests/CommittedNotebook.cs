using System.Text.Json.Nodes;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>A notebook of the notebooks folder, as plain JSON: nothing of the kit reads it for these tests.</summary>
public sealed class CommittedNotebook
{
    private readonly JsonObject document;

    public CommittedNotebook(string path)
    {
        Path = path;
        Text = File.ReadAllText(path);
        document = JsonNode.Parse(Text)!.AsObject();
        Cells = [.. document["cells"]!.AsArray().Select(cell => cell!.AsObject())];
    }

    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<JsonObject> Cells { get; }

    public JsonObject Metadata => document["metadata"]!.AsObject();

    public (int Major, int Minor) Format => ((int)document["nbformat"]!, (int)document["nbformat_minor"]!);

    public IEnumerable<JsonObject> CodeCells => Cells.Where(cell => (string?)cell["cell_type"] == "code");

    public IEnumerable<string> Headings =>
        Cells.Where(cell => (string?)cell["cell_type"] == "markdown")
            .SelectMany(cell => Source(cell).Split('\n'))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("# ", StringComparison.Ordinal));

    public IEnumerable<JsonObject> Outputs => CodeCells.SelectMany(cell => cell["outputs"]!.AsArray().Select(output => output!.AsObject()));

    /// <summary>With which parameters it runs quickly on phantoms, names and values; null where it does not say so.</summary>
    public IReadOnlyDictionary<string, string>? PhantomProfile =>
        (Metadata["covidnotebooks"]?["phantoms"] as JsonObject)?.ToDictionary(
            entry => entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    public static CommittedNotebook Read(string name) => new(System.IO.Path.Combine(Repository.Root, "notebooks", name));

    public static string Source(JsonObject cell) => Join(cell["source"]);

    public static IEnumerable<string> Tags(JsonObject cell) => cell["metadata"]?["tags"]?.AsArray().Select(tag => (string)tag!) ?? [];

    /// <summary>The text of one MIME type of an output; null when the output has none.</summary>
    public static string? Data(JsonObject output, string mimeType) => output["data"]?[mimeType] is { } value ? Join(value) : null;

    internal static string Join(JsonNode? value) => value switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string)line!)),
        JsonObject json => json.ToJsonString(),
        null => "",
        _ => (string)value!,
    };
}
