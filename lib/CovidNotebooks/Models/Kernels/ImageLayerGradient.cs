using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CovidNotebooks.Models.Kernels;

/// <summary>
/// What one image says of the filters and the bias where it needs no gradient itself: a network's first layer, whose few channels are too
/// short for <see cref="PooledGradient"/>. The image is multiplied by the gradient of each of the four places in turn.
/// </summary>
internal static unsafe class ImageLayerGradient
{
    // Three weights of a filter's row times 32 outputs are summed together, in twelve registers; what is left over one by one.
    private const int Outputs = FourVectors.Count;
    private const int Taps = 3;

    private const int Lane = 8; // Vector256<float>.Count

    /// <summary>Values that <see cref="Add"/> needs to work with.</summary>
    public static int Scratch(in StageSizes sizes) => 4 * sizes.PooledLine;

    /// <summary>Adds the gradients of one image.</summary>
    /// <param name="sizes">The sizes; a multiple of <see cref="PooledForward.Outputs"/> filters.</param>
    /// <param name="pixels">The image.</param>
    /// <param name="upstream">The gradient of the pooled values.</param>
    /// <param name="places">What <see cref="PooledForward"/> gave.</param>
    /// <param name="gradients">Filters (rows, columns, channels, outputs), then the bias.</param>
    /// <param name="scratch">Room.</param>
    public static void Add(in StageSizes sizes, float* pixels, float* upstream, byte* places, float* gradients, float* scratch)
    {
        for (var y = 0; y < sizes.PooledHeight; y++)
        {
            var row = y * sizes.PooledLine;
            Split(sizes, upstream + row, places + row, gradients + (sizes.Taps * sizes.Outputs), scratch);
            for (var place = 0; place < 4; place++)
            {
                var line = pixels + (((2 * y) + (place >> 1)) * sizes.Line) + ((place & 1) * sizes.Channels);
                for (var filterRow = 0; filterRow < sizes.Kernel; filterRow++)
                {
                    AddRow(
                        sizes, line + (filterRow * sizes.Line), scratch + (place * sizes.PooledLine),
                        gradients + (filterRow * sizes.LineTaps * sizes.Outputs));
                }
            }
        }
    }

    private static void AddRow(in StageSizes sizes, float* pixel, float* upstream, float* gradients)
    {
        for (var tap = 0; tap < sizes.LineTaps;)
        {
            var together = tap + Taps <= sizes.LineTaps;
            var from = pixel + tap;
            var to = gradients + (tap * sizes.Outputs);
            var o = 0;
            for (; together && o + Outputs <= sizes.Outputs; o += Outputs)
            {
                AddTaps(sizes, from, upstream + o, to + o);
            }

            tap += together ? Taps : 1;
            for (; o < sizes.Outputs; o += Lane)
            {
                for (var one = from; one < pixel + tap; one++)
                {
                    AddTap(sizes, one, upstream + o, to + ((one - from) * sizes.Outputs) + o);
                }
            }
        }
    }

    /// <summary>One row of pixels times its gradients, added to one tap of eight outputs.</summary>
    private static void AddTap(in StageSizes sizes, float* pixel, float* upstream, float* gradient)
    {
        var sum = Vector256.Load(gradient);
        for (var x = 0; x < sizes.PooledWidth; x++, pixel += 2 * sizes.Channels, upstream += sizes.Outputs)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Create(*pixel), Vector256.Load(upstream), sum);
        }

        sum.Store(gradient);
    }

    /// <summary>A pooled row's gradient, once for each place with zeros where another was the largest; the bias takes all of it.</summary>
    private static void Split(in StageSizes sizes, float* upstream, byte* places, float* bias, float* scratch)
    {
        for (var i = 0; i < sizes.PooledLine; i += 2 * Lane)
        {
            var bytes = Vector128.Load(places + i);
            var (low, high) = Vector256.Widen(Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)));
            SplitLane(sizes, upstream + i, low.AsInt32(), bias + (i % sizes.Outputs), scratch + i);
            SplitLane(sizes, upstream + i + Lane, high.AsInt32(), bias + (i % sizes.Outputs) + Lane, scratch + i + Lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SplitLane(in StageSizes sizes, float* upstream, Vector256<int> places, float* bias, float* scratch)
    {
        var value = Vector256.Load(upstream);
        for (var place = 0; place < 4; place++)
        {
            (value & Vector256.Equals(places, Vector256.Create(place)).AsSingle()).Store(scratch + (place * sizes.PooledLine));
        }

        var passed = Vector256.AndNot(value, Vector256.Equals(places, Vector256.Create(PooledForward.Cut)).AsSingle());
        (Vector256.Load(bias) + passed).Store(bias);
    }

    /// <summary>One row of pixels times its gradients, added to three taps of 32 outputs.</summary>
    private static void AddTaps(in StageSizes sizes, float* pixel, float* upstream, float* first)
    {
        var step = 2 * sizes.Channels;
        var second = first + sizes.Outputs;
        var third = second + sizes.Outputs;
        var (a, b, c) = (FourVectors.Load(first), FourVectors.Load(second), FourVectors.Load(third));
        for (var x = 0; x < sizes.PooledWidth; x++, pixel += step, upstream += sizes.Outputs)
        {
            a.Add(Vector256.Create(pixel[0]), upstream);
            b.Add(Vector256.Create(pixel[1]), upstream);
            c.Add(Vector256.Create(pixel[2]), upstream);
        }

        a.Store(first);
        b.Store(second);
        c.Store(third);
    }
}
