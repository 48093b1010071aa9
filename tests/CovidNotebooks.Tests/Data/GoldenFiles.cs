using System.Text.Json;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Data;

/// <summary>Golden JSON files of one folder, by kind.</summary>
internal static class GoldenFiles
{
    private const string Missing = "not in this folder";

    /// <summary>The JSON files of a folder of the golden folder, in order; none where there is no such folder.</summary>
    public static IEnumerable<string> In(string folder) =>
        Path.Combine(Repository.Golden, folder) is var path && Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)
            : [];

    /// <summary>
    /// What stands for a kind that the folder lacks: for <see cref="SkipUnlessThere"/>. In tests/golden itself nothing may be lacking.
    /// </summary>
    public static string NotInThisFolder(string folder, string kind)
    {
        var text = $"{folder}: {kind} {Missing}";
        Assert.True(Repository.GoldenIsNamed, text);
        return text;
    }

    /// <summary>Skips the test whose case says that the folder lacks it.</summary>
    public static void SkipUnlessThere(string file) => Skip.If(file.EndsWith(Missing, StringComparison.Ordinal), file);

    /// <summary>
    /// Reads every file of a kind and says how many; none fails the test in tests/golden and skips it in a folder that
    /// COVIDNOTEBOOKS_GOLDEN names.
    /// </summary>
    public static IReadOnlyList<(string Path, JsonElement Content)> OfKind(string folder, string kind, ITestOutputHelper output)
    {
        var path = Path.Combine(Repository.Golden, folder);
        var files = In(folder)
            .Select(file => (Path: file, Content: JsonDocument.Parse(File.ReadAllBytes(file)).RootElement))
            .Where(file => file.Content.GetProperty("kind").GetString() == kind)
            .ToArray();
        output.WriteLine($"{files.Length} files of kind {kind} in {path}");
        if (files.Length == 0)
        {
            SkipUnlessThere(NotInThisFolder(folder, kind));
        }

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
            Assert.True(
                Math.Abs((double)expected[i] - actual[i]) <= tolerance,
                $"{what}: value {i} is {actual[i]:R}, expected {expected[i]:R} within {tolerance}.");
        }
    }
}
