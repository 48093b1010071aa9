using System.Text.Json;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Data;

/// <summary>Golden JSON files of one folder, by kind.</summary>
internal static class GoldenFiles
{
    /// <summary>Reads every file of a kind, says how many, and fails when there is none.</summary>
    public static IReadOnlyList<(string Path, JsonElement Content)> OfKind(string folder, string kind, ITestOutputHelper output)
    {
        var path = Path.Combine(Repository.Golden, folder);
        var files = Directory.GetFiles(path, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => (Path: file, Content: JsonDocument.Parse(File.ReadAllBytes(file)).RootElement))
            .Where(file => file.Content.GetProperty("kind").GetString() == kind)
            .ToArray();
        output.WriteLine($"{files.Length} files of kind {kind} in {path}");
        Assert.True(files.Length > 0, $"No golden file of kind {kind} in {path}.");
        return files;
    }

    public static byte[] Bytes(this JsonElement array) => [.. array.EnumerateArray().Select(value => (byte)value.GetDouble())];

    public static float[] Floats(this JsonElement array) => [.. array.EnumerateArray().Select(value => (float)value.GetDouble())];

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    public static int Int(this JsonElement parent, string name) => parent.GetProperty(name).GetInt32();

    public static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, found {actual.Length}.");
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs((double)expected[i] - actual[i]) <= tolerance, $"{what}: value {i} is {actual[i]:R}, expected {expected[i]:R} within {tolerance}.");
        }
    }
}
