using System.Text.Json;
using Tests.Data;
using Tests.Shared;

namespace Tests.Models;

/// <summary>Golden JSON files of one kind, and their numbers.</summary>
internal static class GoldenCase
{
    /// <summary>
    /// All files of a folder whose <c>kind</c> is the one asked for. None is an error in tests/golden; in a folder that
    /// COVIDNOTEBOOKS_GOLDEN names, one entry whose test is skipped.
    /// </summary>
    public static TheoryData<string> Files(string folder, string kind, Func<JsonElement, bool>? which = null)
    {
        var files = new TheoryData<string>();
        foreach (var path in GoldenFiles.In(folder))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            if (document.RootElement.GetProperty("kind").GetString() == kind && (which is null || which(document.RootElement)))
            {
                files.Add(Path.Combine(folder, Path.GetFileName(path)));
            }
        }

        if (files.Count == 0)
        {
            files.Add(GoldenFiles.NotInThisFolder(folder, kind));
        }

        return files;
    }

    /// <summary>The content of a file; skips the test where <see cref="Files"/> found none.</summary>
    public static JsonElement Read(string file)
    {
        GoldenFiles.SkipUnlessThere(file);
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Golden, file))).RootElement;
    }

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
