using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// Keras Adam's update in one pass over the memory instead of seven: for float32 on a CPU, where the update waits for memory and nothing
/// else. Every element is computed on its own, so the number of threads changes no bit.
/// </summary>
internal static class FusedAdam
{
    private const int ElementsOfAPart = 1 << 16;

    /// <summary>The numbers of one update; 1 - beta is rounded once, from double, as in torch.</summary>
    public readonly record struct Factors(float Beta1, float New1, float Beta2, float New2, float Epsilon, float Rate)
    {
        public static Factors Of(KerasAdam options, double rate) => new(
            (float)options.Beta1, (float)(
                1 - options.Beta1), (float)options.Beta2, (float)(1 - options.Beta2), (float)options.Epsilon, (float)rate);
    }

    /// <summary>Whether all four tensors are contiguous float32 on the CPU.</summary>
    public static bool Fits(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.dtype != ScalarType.Float32
                || tensor.numel() > int.MaxValue / sizeof(float)
                || tensor.device_type != DeviceType.CPU
                || !tensor.is_contiguous())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>mean = b1·mean + (1 - b1)·g; square = b2·square + (1 - b2)·g²; parameter -= rate·mean / (sqrt(square) + epsilon).</summary>
    public static unsafe void Update(Tensor parameter, Tensor gradient, Tensor mean, Tensor square, Factors factors)
    {
        var length = (int)parameter.numel();
        fixed (byte* p = parameter.bytes, g = gradient.bytes, m = mean.bytes, v = square.bytes)
        {
            var (pp, pg, pm, pv) = ((nint)p, (nint)g, (nint)m, (nint)v);
            var parts = (length + ElementsOfAPart - 1) / ElementsOfAPart;
            if (parts <= 1)
            {
                UpdatePart(Floats(pp, 0, length), Floats(pg, 0, length), Floats(pm, 0, length), Floats(pv, 0, length), factors);
            }
            else
            {
                Parallel.For(0, parts, part =>
                {
                    var from = part * ElementsOfAPart;
                    var count = Math.Min(ElementsOfAPart, length - from);
                    UpdatePart(Floats(pp, from, count), Floats(pg, from, count), Floats(pm, from, count), Floats(pv, from, count), factors);
                });
            }
        }

        // The spans point at native memory: the tensors have to live until here.
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(mean);
        GC.KeepAlive(square);
    }

    private static unsafe Span<float> Floats(nint memory, int from, int count) => new((float*)memory + from, count);

    private static void UpdatePart(
        Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, Factors factors)
    {
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameter);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var m = MemoryMarshal.Cast<float, Vector<float>>(mean);
        var v = MemoryMarshal.Cast<float, Vector<float>>(square);
        var (keep1, add1) = (new Vector<float>(factors.Beta1), new Vector<float>(factors.New1));
        var (keep2, add2) = (new Vector<float>(factors.Beta2), new Vector<float>(factors.New2));
        var (epsilon, rate) = (new Vector<float>(factors.Epsilon), new Vector<float>(factors.Rate));
        for (var i = 0; i < p.Length; i++)
        {
            m[i] = (keep1 * m[i]) + (add1 * g[i]);
            v[i] = (keep2 * v[i]) + (add2 * g[i] * g[i]);
            p[i] -= rate * m[i] / (Vector.SquareRoot(v[i]) + epsilon);
        }

        for (var i = p.Length * Vector<float>.Count; i < parameter.Length; i++)
        {
            mean[i] = (factors.Beta1 * mean[i]) + (factors.New1 * gradient[i]);
            square[i] = (factors.Beta2 * square[i]) + (factors.New2 * gradient[i] * gradient[i]);
            parameter[i] -= factors.Rate * mean[i] / (MathF.Sqrt(square[i]) + factors.Epsilon);
        }
    }
}
