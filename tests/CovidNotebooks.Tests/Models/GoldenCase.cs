using System.Text.Json;
using Tests.Shared;

namespace Tests.Models;

/// <summary>Golden JSON files of one kind, and their numbers.</summary>
internal static class GoldenCase
{
    /// <summary>All files of a folder whose <c>kind</c> is the one asked for; an error when there is none.</summary>
    public static TheoryData<string> Files(string folder, string kind, Func<JsonElement, bool>? which = null)
    {
        var files = new TheoryData<string>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Golden, folder), "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            if (document.RootElement.GetProperty("kind").GetString() == kind && (which is null || which(document.RootElement)))
            {
                files.Add(Path.Combine(folder, Path.GetFileName(path)));
            }
        }

        Assert.True(files.Count > 0, $"No golden file of kind {kind} in {Path.Combine(Repository.Golden, folder)}.");
        Console.WriteLine($"golden {folder}: {files.Count} files of kind {kind}");
        return files;
    }

    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Golden, file))).RootElement;

    public static double Number(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => throw new FormatException(text),
        }
        : element.GetDouble();

    public static int? OptionalInteger(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetInt32();

    public static double[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(Number)];

    /// <summary>A list of lists or a flat list, row by row.</summary>
    public static double[] Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Flat)] : [Number(element)];

    public static long[] Integers(JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetInt64())];
}
