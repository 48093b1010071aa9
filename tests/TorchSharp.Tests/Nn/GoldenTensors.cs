using System.Text.Json;
using Tests.Shared;
using static TorchSharp.torch;

namespace Tests.Nn;

/// <summary>Reads the files that tests/golden-torch/make_nn.py and the scripts of tests/golden wrote.</summary>
internal static class GoldenTensors
{
    internal static JsonElement Own(string name) => Read(Path.Combine(Repository.Root, "tests", "golden-torch", name + ".json"));

    /// <summary>Names of the golden files of a kind that a test can use; an error when there is none.</summary>
    internal static TheoryData<string> Files(string folder, string kind, Func<JsonElement, bool> which)
    {
        var path = Path.Combine(Repository.Golden, folder);
        TheoryData<string> files =
        [
            .. Directory.GetFiles(path, "*.json")
                .Where(file => Read(file) is var golden && golden.GetProperty("kind").GetString() == kind && which(golden))
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];
        return files.Count > 0 ? files : throw new InvalidOperationException($"No golden file of kind {kind} for this test in {path}.");
    }

    internal static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    internal static Tensor ToTensor(this JsonElement json)
    {
        long[] shape = json.GetProperty("shape").Longs();
        var data = json.GetProperty("data");
        return json.GetProperty("dtype").GetString() switch
        {
            "float64" => tensor(data.Doubles(), dtype: ScalarType.Float64).reshape(shape),
            "float32" => tensor(Array.ConvertAll(data.Doubles(), value => (float)value), dtype: ScalarType.Float32).reshape(shape),
            "int64" => tensor(data.Longs(), dtype: ScalarType.Int64).reshape(shape),
            var other => throw new InvalidDataException($"The golden file holds a tensor of type {other}."),
        };
    }

    internal static double[] Doubles(this JsonElement json) => [.. json.EnumerateArray().Select(value => value.GetDouble())];

    internal static long[] Longs(this JsonElement json) => [.. json.EnumerateArray().Select(value => value.GetInt64())];

    internal static long[]? LongsOrNull(this JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : json.Longs();

    internal static double[]? DoublesOrNull(this JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : json.Doubles();

    internal static bool? BoolOrNull(this JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : json.GetBoolean();

    internal static double[] Flat(this Tensor tensor)
    {
        using var values = tensor.detach().to(ScalarType.Float64);
        return values.data<double>().ToArray();
    }

    /// <summary>Shapes equal; elements within tolerance·max(1, |expected|).</summary>
    internal static void MustBeClose(this Tensor actual, Tensor expected, double tolerance, string what)
    {
        Assert.True(actual.shape.SequenceEqual(expected.shape), $"{what}: shape [{string.Join(", ", actual.shape)}], expected [{string.Join(", ", expected.shape)}].");
        Assert.Equal(expected.dtype, actual.dtype);
        NumbersMustBeClose(actual.Flat(), expected.Flat(), tolerance, what);
    }

    internal static void NumbersMustBeClose(IReadOnlyList<double> actual, IReadOnlyList<double> expected, double tolerance, string what)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var difference = Math.Abs(actual[i] - expected[i]);
            Assert.True(difference <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}: element {i} is {actual[i]:R}, expected {expected[i]:R}.");
        }
    }
}
