using System.Text.Json;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace Tests.Models;

/// <summary>The formulas of the golden files: weights and inputs that need no file.</summary>
internal static class GoldenTensors
{
    private const uint InputStream = 900_000;

    /// <summary>The hash of the golden README: a number strictly between -1 and 1.</summary>
    public static double Hash(uint index, uint stream)
    {
        unchecked
        {
            var x = (index * 2654435761) + ((stream + 1) * 2246822519);
            x ^= x >> 15;
            x *= 2246822519;
            x ^= x >> 13;
            x *= 3266489917;
            x ^= x >> 16;
            return ((x + 0.5) / 4294967296.0 * 2) - 1;
        }
    }

    /// <summary>The fill rule: every entry of the state, in state_dict order.</summary>
    public static void Fill(nn.Module model, int salt)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var position = 0;
        foreach (var (name, tensor) in ModelState.Of(model))
        {
            using var inner = NewDisposeScope();
            var stream = (uint)((1000 * salt) + position);
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                tensor.fill_((long)stream);
            }
            else
            {
                tensor.copy_(Values(name, tensor.shape, stream).to(tensor.dtype));
            }

            position++;
        }
    }

    /// <summary>The input rule: images (N, C, H, W).</summary>
    public static Tensor Images(long[] shape, int salt, IReadOnlyList<int>? labels = null)
    {
        var (channels, rows, columns) = (shape[1], shape[2], shape[3]);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Parallel.For(0, shape[0] * channels, plane =>
        {
            var (n, c) = (plane / channels, plane % channels);
            for (long y = 0; y < rows; y++)
            {
                for (long x = 0; x < columns; x++)
                {
                    var i = (((plane * rows) + y) * columns) + x;
                    var value = 0.5
                        + (0.35 * Math.Sin((0.11 * x) + (0.07 * y) + (1.3 * c) + (0.9 * n)))
                        + (0.15 * Hash((uint)i, InputStream + (uint)salt));
                    values[i] = (float)(value + (labels is null ? 0 : 0.2 * labels[(int)n] * Math.Cos((0.6 * x) + (0.5 * c))));
                }
            }
        });
        return tensor(values).reshape(shape);
    }

    public static double[] Values(Tensor tensor)
    {
        // TorchSharp's accessor cannot read a tensor without elements.
        if (tensor.numel() == 0)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        using var read = tensor.detach().to(ScalarType.Float64).contiguous().data<double>();
        return read.ToArray();
    }

    /// <summary>Compares a state with the sums and first values that a golden file lists.</summary>
    public static void AssertState(nn.Module model, JsonElement expected, double relativeL2, double element) =>
        AssertTensors(model.state_dict(), expected, relativeL2, element);

    /// <summary>Compares the tensors that a golden file lists, by their names.</summary>
    public static void AssertTensors(IReadOnlyDictionary<string, Tensor> tensors, JsonElement expected, double relativeL2, double element)
    {
        foreach (var entry in expected.EnumerateObject())
        {
            Assert.True(tensors.TryGetValue(entry.Name, out var tensor), $"{entry.Name} is missing");
            var values = Values(tensor);
            Assert.Equal(GoldenCase.Integers(entry.Value.GetProperty("shape")), tensor.shape);
            var l2 = entry.Value.GetProperty("l2").GetDouble();
            Assert.True(Math.Abs(Math.Sqrt(values.Sum(value => value * value)) - l2) <= relativeL2 * Math.Max(l2, 1e-3), entry.Name);
            var first = GoldenCase.Numbers(entry.Value.GetProperty("first"));
            var last = GoldenCase.Numbers(entry.Value.GetProperty("last"));
            AssertClose(first, values[..first.Length], element, entry.Name + " first");
            AssertClose(last, values[^last.Length..], element, entry.Name + " last");
        }
    }

    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"{what}[{i}]: expected {expected[i]:R}, found {actual[i]:R}, tolerance {tolerance:R}");
        }
    }

    private static Tensor Values(string name, long[] shape, uint stream)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var last = name[(name.LastIndexOf('.') + 1)..];
        var scale = last == "weight" && shape.Length >= 2 ? Math.Sqrt(6.0 / (count / shape[0])) : 0;
        Func<double, double> rule = last switch
        {
            "weight" when shape.Length >= 2 => u => u * scale,
            "weight" => u => 0.6 + (0.2 * u),
            "bias" => u => 0.1 * u,
            "running_mean" => u => 0.2 * u,
            "running_var" => u => 1 + (0.5 * u),
            _ => throw new ArgumentException($"No fill rule for {name}."),
        };
        var values = new float[count];
        Parallel.For(0, (int)((count + 65535) / 65536), block =>
        {
            for (var i = (long)block * 65536; i < Math.Min(count, (block + 1L) * 65536); i++)
            {
                values[i] = (float)rule(Hash((uint)i, stream));
            }
        });
        return tensor(values).reshape(shape);
    }
}
