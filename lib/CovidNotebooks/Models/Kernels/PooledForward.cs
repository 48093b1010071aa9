using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CovidNotebooks.Models.Kernels;

/// <summary>Convolution, 2 × 2 max-pooling and ReLU of one image, without the map between them.</summary>
internal static unsafe class PooledForward
{
    /// <summary>Outputs that are computed together, for the four places of a window: eight registers of sums.</summary>
    public const int Outputs = 2 * Lane;

    /// <summary>What stands beside the places 0 to 3 of a window (row by row): ReLU let nothing through.</summary>
    public const int Cut = 4;

    private const int Lane = 8; // Vector256<float>.Count

    /// <summary>The largest value of each window, or zero where it is not positive, and which of the four it was.</summary>
    /// <param name="sizes">The sizes; a multiple of <see cref="Outputs"/> filters.</param>
    /// <param name="pixels">The image.</param>
    /// <param name="taps">The filters: rows, columns, channels, outputs.</param>
    /// <param name="bias">A value an output.</param>
    /// <param name="pooled">Takes the values.</param>
    /// <param name="places">Takes the places, or <see cref="Cut"/>.</param>
    public static void Run(in StageSizes sizes, float* pixels, float* taps, float* bias, float* pooled, byte* places)
    {
        for (var y = 0; y < sizes.PooledHeight; y++)
        {
            for (var x = 0; x < sizes.PooledWidth; x++)
            {
                var window = pixels + (2 * y * sizes.Line) + (2 * x * sizes.Channels);
                for (var o = 0; o < sizes.Outputs; o += Outputs)
                {
                    Window(sizes, window, taps + o, bias + o, pooled, places);
                    pooled += Outputs;
                    places += Outputs;
                }
            }
        }
    }

    private static void Window(in StageSizes sizes, float* window, float* tap, float* bias, float* pooled, byte* places)
    {
        var (_, second, third, fourth) = sizes.Places;
        var (outputs, line, lineTaps) = (sizes.Outputs, sizes.Line, sizes.LineTaps);
        var (a0, b0) = (Vector256.Load(bias), Vector256.Load(bias + Lane));
        var (a1, a2, a3) = (a0, a0, a0);
        var (b1, b2, b3) = (b0, b0, b0);
        for (var row = 0; row < sizes.Kernel; row++)
        {
            var pixel = window + (row * line);
            for (var end = pixel + lineTaps; pixel < end; pixel++, tap += outputs)
            {
                var (a, b) = (Vector256.Load(tap), Vector256.Load(tap + Lane));
                var value = Vector256.Create(*pixel);
                a0 = Vector256.FusedMultiplyAdd(value, a, a0);
                b0 = Vector256.FusedMultiplyAdd(value, b, b0);
                value = Vector256.Create(pixel[second]);
                a1 = Vector256.FusedMultiplyAdd(value, a, a1);
                b1 = Vector256.FusedMultiplyAdd(value, b, b1);
                value = Vector256.Create(pixel[third]);
                a2 = Vector256.FusedMultiplyAdd(value, a, a2);
                b2 = Vector256.FusedMultiplyAdd(value, b, b2);
                value = Vector256.Create(pixel[fourth]);
                a3 = Vector256.FusedMultiplyAdd(value, a, a3);
                b3 = Vector256.FusedMultiplyAdd(value, b, b3);
            }
        }

        var (values, which) = Largest(a0, a1, a2, a3);
        var (moreValues, moreWhich) = Largest(b0, b1, b2, b3);
        values.Store(pooled);
        moreValues.Store(pooled + Lane);
        StorePlaces(which, moreWhich, places);
    }

    /// <summary>The largest of four values, zero where it is not positive, and which it was, or <see cref="Cut"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Value, Vector256<int> Place) Largest(
        Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth)
    {
        var (value, place) = (first, Vector256<int>.Zero);
        Take(ref value, ref place, second, 1);
        Take(ref value, ref place, third, 2);
        Take(ref value, ref place, fourth, 3);
        var cut = Vector256.LessThanOrEqual(value, Vector256<float>.Zero);
        return (Vector256.AndNot(value, cut), Vector256.ConditionalSelect(cut.AsInt32(), Vector256.Create(Cut), place));
    }

    /// <summary>Writes the places of <see cref="Outputs"/> values, a byte each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePlaces(Vector256<int> first, Vector256<int> second, byte* places)
    {
        var narrow = Vector256.Narrow(first, second);
        Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()).AsByte().Store(places);
    }

    /// <summary>As torch: the first of equal values stays, and what is not a number is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref Vector256<float> value, ref Vector256<int> place, Vector256<float> other, int index)
    {
        var taken = Vector256.GreaterThan(other, value) | ~Vector256.Equals(other, other);
        value = Vector256.ConditionalSelect(taken, other, value);
        place = Vector256.ConditionalSelect(taken.AsInt32(), Vector256.Create(index), place);
    }
}
