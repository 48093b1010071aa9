using System.Globalization;
using System.Text.Json;
using Tests.Shared;

namespace Tests.Evaluation;

/// <summary>A golden file of kind <c>metrics</c>.</summary>
internal sealed class MetricCase
{
    private readonly JsonElement root;

    private MetricCase(string path) => root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    public string Kind => root.GetProperty("kind").GetString()!;

    public string[] Names => [.. root.GetProperty("target_names").EnumerateArray().Select(name => name.GetString()!)];

    public int PositiveClass => root.GetProperty("pos_label").GetInt32();

    public bool ScoresAreProbabilities => root.GetProperty("scores_are_probabilities").GetBoolean();

    public int[] Labels => Integers(root.GetProperty("y_true"));

    public int[] Predicted => Integers(root.GetProperty("y_pred"));

    public double[] Scores => Numbers(root.GetProperty("scores"));

    public JsonElement Expected => root.GetProperty("expected");

    public JsonElement? ModelB => root.TryGetProperty("model_b", out var model) ? model : null;

    public static string Folder => Path.Combine(Repository.Golden, "metrics");

    public static IReadOnlyList<string> FileNames => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    public static MetricCase Load(string fileName) => new(Path.Combine(Folder, fileName));

    public static int[] Integers(JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetInt32())];

    public static double[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(Number)];

    public static double Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetDouble();
}
