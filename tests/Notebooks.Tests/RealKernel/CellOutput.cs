using System.Text.Json.Nodes;

namespace Tests.Notebooks.RealKernel;

/// <summary>One output of a cell, whichever kernel made it.</summary>
/// <param name="Kind"><c>display_data</c>, <c>execute_result</c>, <c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Data">MIME type → content as text.</param>
internal sealed record CellOutput(string Kind, IReadOnlyDictionary<string, string> Data)
{
    private const string PlotlyMimeType = "application/vnd.plotly.v1+json";

    /// <summary>The kind with its MIME types, for example <c>display_data text/html text/plain</c>.</summary>
    public string Shape => $"{Kind} {string.Join(' ', Data.Keys.Order(StringComparer.Ordinal))}";

    /// <summary>The plain text; null where there is none.</summary>
    public string? Text => Data.GetValueOrDefault("text/plain");

    /// <summary>The markup; null where there is none.</summary>
    public string? Html => Data.GetValueOrDefault("text/html");

    /// <summary>The chart as JSON; null where the output is none.</summary>
    public JsonObject? Plotly => Data.TryGetValue(PlotlyMimeType, out var json) ? JsonNode.Parse(json)!.AsObject() : null;

    /// <summary>The outputs of a cell of an executed notebook.</summary>
    public static IReadOnlyList<CellOutput> Of(JsonObject cell) =>
    [
        .. cell["outputs"]!.AsArray().Select(output => output!.AsObject()).Select(output => (string?)output["output_type"] == "stream"
            ? new CellOutput((string)output["name"]!, OfText(CommittedNotebook.Join(output["text"])))
            : new CellOutput(
                (string)output["output_type"]!,
                (output["data"]?.AsObject() ?? [])
                    .ToDictionary(pair => pair.Key, pair => CommittedNotebook.Join(pair.Value), StringComparer.Ordinal))),
    ];

    internal static Dictionary<string, string> OfText(string text) => new(StringComparer.Ordinal) { ["text/plain"] = text };
}
