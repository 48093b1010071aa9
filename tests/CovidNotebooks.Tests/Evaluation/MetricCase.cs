using System.Globalization;
using System.Text.Json;
using Tests.Shared;

namespace Tests.Evaluation;

/// <summary>A golden file of kind <c>metrics</c>.</summary>
internal sealed class MetricCase
{
    private const string OwnPrefix = "own: ";

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

    public static string GoldenFolder => Path.Combine(Repository.Golden, "metrics");

    /// <summary>Edge cases in the same schema, made by <c>metric_cases.py</c>.</summary>
    public static string OwnFolder => Path.Combine(Repository.Root, "tests", "CovidNotebooks.Tests", "Evaluation", "metric_cases");

    public static IReadOnlyList<string> GoldenNames => NamesIn(GoldenFolder);

    public static IReadOnlyList<string> OwnNames => [.. NamesIn(OwnFolder).Select(name => OwnPrefix + name)];

    public static MetricCase Load(string name) =>
        new(
            name.StartsWith(OwnPrefix, StringComparison.Ordinal) ? Path.Combine(OwnFolder, name[OwnPrefix.Length..])
            : Path.Combine(GoldenFolder, name));

    public static int[] Integers(JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetInt32())];

    public static double[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(Number)];

    public static double Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetDouble();

    private static string[] NamesIn(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];
}
