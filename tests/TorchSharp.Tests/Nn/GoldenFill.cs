using static TorchSharp.torch;

namespace Tests.Nn;

/// <summary>The formulas that fill tensors in the golden files, see tests/golden/README.md, "the hash".</summary>
internal static class GoldenFill
{
    internal static double Hash(uint i, uint p)
    {
        unchecked
        {
            var x = (i * 2654435761u) + ((p + 1) * 2246822519u);
            x ^= x >> 15;
            x *= 2246822519u;
            x ^= x >> 13;
            x *= 3266489917u;
            x ^= x >> 16;
            return ((x + 0.5) / 4294967296.0 * 2) - 1;
        }
    }

    internal static Tensor Images(long[] labels, uint salt)
    {
        var values = new float[labels.Length * 3 * 16 * 16];
        for (var i = 0; i < values.Length; i++)
        {
            var (n, c, y, x) = (i / 768, i / 256 % 3, i / 16 % 16, i % 16);
            var plain = 0.5 + (0.35 * Math.Sin((0.11 * x) + (0.07 * y) + (1.3 * c) + (0.9 * n))) + (0.15 * Hash((uint)i, 900000 + salt));
            values[i] = (float)(plain + (0.2 * labels[n] * Math.Cos((0.6 * x) + (0.5 * c))));
        }

        return tensor(values).reshape(labels.Length, 3, 16, 16);
    }

    internal static void Fill(Tensor tensor, string part, uint stream)
    {
        using var _ = no_grad();
        var shape = tensor.shape;
        if (part == "num_batches_tracked")
        {
            tensor.fill_((long)stream);
            return;
        }

        var scale = shape.Length >= 2 ? Math.Sqrt(6.0 / shape.Skip(1).Aggregate(1L, (product, size) => product * size)) : 0;
        var values = new float[tensor.numel()];
        for (var i = 0; i < values.Length; i++)
        {
            var u = Hash((uint)i, stream);
            values[i] = (float)(part switch
            {
                "weight" when shape.Length >= 2 => u * scale,
                "weight" => 0.6 + (0.2 * u),
                "bias" => 0.1 * u,
                "running_mean" => 0.2 * u,
                _ => 1 + (0.5 * u),
            });
        }

        using var source = TorchSharp.torch.tensor(values).reshape(shape);
        tensor.copy_(source);
    }

    private static Tensor torch_tensor(float[] values) => tensor(values);
}
