using System.Runtime.Intrinsics;

namespace CovidNotebooks.Models.Kernels;

/// <summary>
/// The gradients of the filters, the bias and the image of one image, from the gradients that are not zero: one in four places of a window,
/// less what ReLU cut.
/// </summary>
internal static unsafe class PooledGradient
{
    /// <summary>A row of a filter has to have a multiple of this many weights.</summary>
    public const int Taps = 8; // Vector256<float>.Count

    private const int Wide = 3 * FourVectors.Count;

    /// <summary>Values that <see cref="Add"/> needs to work with: a value and an offset for each output and column, and counts.</summary>
    public static int Scratch(in StageSizes sizes) => (2 * sizes.PooledLine) + sizes.Outputs;

    /// <summary>Adds the gradients of one image.</summary>
    /// <param name="sizes">The sizes; rows of filters have a multiple of <see cref="Taps"/> weights.</param>
    /// <param name="pixels">The image.</param>
    /// <param name="upstream">The gradient of the pooled values.</param>
    /// <param name="places">What <see cref="PooledForward"/> gave.</param>
    /// <param name="filters">The filters: outputs, rows, columns, channels.</param>
    /// <param name="gradients">Those of the filters, laid out as they are, then of the bias.</param>
    /// <param name="pixelGradients">That of the image.</param>
    /// <param name="scratch">Room.</param>
    public static void Add(
        in StageSizes sizes, float* pixels, float* upstream, byte* places, float* filters, float* gradients, float* pixelGradients,
        float* scratch)
    {
        var offsets = (int*)(scratch + sizes.PooledLine);
        var counts = offsets + sizes.PooledLine;
        for (var y = 0; y < sizes.PooledHeight; y++)
        {
            var pooled = y * sizes.PooledLine;
            Collect(sizes, upstream + pooled, places + pooled, scratch, offsets, counts);
            AddBias(sizes, scratch, counts, gradients + (sizes.Taps * sizes.Outputs));
            for (var row = 0; row < sizes.Kernel; row++)
            {
                var line = ((2 * y) + row) * sizes.Line;
                for (var o = 0; o < sizes.Outputs; o++)
                {
                    var (from, weights) = (o * sizes.PooledWidth, (o * sizes.Taps) + (row * sizes.LineTaps));
                    AddLine(
                        sizes.LineTaps, counts[o], scratch + from, offsets + from, pixels + line, pixelGradients + line,
                        filters + weights, gradients + weights);
                }
            }
        }
    }

    /// <summary>
    /// For each output the gradients of a pooled row that ReLU let through, and where in the image their windows begin. What it did not let
    /// through is written and then overwritten: cheaper than a branch that nobody can foresee.
    /// </summary>
    private static void Collect(in StageSizes sizes, float* upstream, byte* places, float* values, int* offsets, int* counts)
    {
        var (first, second, third, fourth) = sizes.Places;
        var shifts = stackalloc int[] { first, second, third, fourth, 0 };
        new Span<int>(counts, sizes.Outputs).Clear();
        for (var x = 0; x < sizes.PooledWidth; x++)
        {
            for (var o = 0; o < sizes.Outputs; o++)
            {
                var place = *places++;
                var at = (o * sizes.PooledWidth) + counts[o];
                values[at] = *upstream++;
                offsets[at] = (2 * x * sizes.Channels) + shifts[place];
                counts[o] += 1 - (place / PooledForward.Cut);
            }
        }
    }

    private static void AddBias(in StageSizes sizes, float* values, int* counts, float* bias)
    {
        for (var o = 0; o < sizes.Outputs; o++, values += sizes.PooledWidth)
        {
            var sum = 0f;
            for (var i = 0; i < counts[o]; i++)
            {
                sum += values[i];
            }

            bias[o] += sum;
        }
    }

    /// <summary>One row of one filter over one pooled row: what it says of the filter, and of the image.</summary>
    private static void AddLine(
        int taps, int count, float* values, int* offsets, float* line, float* lineGradient, float* filter, float* gradient)
    {
        var tap = 0;
        for (; tap + Wide <= taps; tap += Wide)
        {
            AddWide(count, values, offsets, line + tap, gradient + tap);
            SpreadWide(count, values, offsets, lineGradient + tap, filter + tap);
        }

        for (; tap + FourVectors.Count <= taps; tap += FourVectors.Count)
        {
            var sum = FourVectors.Load(gradient + tap);
            var weights = FourVectors.Load(filter + tap);
            for (var i = 0; i < count; i++)
            {
                var value = Vector256.Create(values[i]);
                sum.Add(value, line + tap + offsets[i]);
                weights.AddTo(lineGradient + tap + offsets[i], value);
            }

            sum.Store(gradient + tap);
        }

        for (; tap < taps; tap += Taps)
        {
            var sum = Vector256.Load(gradient + tap);
            var weights = Vector256.Load(filter + tap);
            for (var i = 0; i < count; i++)
            {
                var value = Vector256.Create(values[i]);
                var pixel = tap + offsets[i];
                sum = Vector256.FusedMultiplyAdd(value, Vector256.Load(line + pixel), sum);
                Vector256.FusedMultiplyAdd(value, weights, Vector256.Load(lineGradient + pixel)).Store(lineGradient + pixel);
            }

            sum.Store(gradient + tap);
        }
    }

    private static void AddWide(int count, float* values, int* offsets, float* line, float* gradient)
    {
        var first = FourVectors.Load(gradient);
        var second = FourVectors.Load(gradient + FourVectors.Count);
        var third = FourVectors.Load(gradient + (2 * FourVectors.Count));
        for (var i = 0; i < count; i++)
        {
            var value = Vector256.Create(values[i]);
            var pixel = line + offsets[i];
            first.Add(value, pixel);
            second.Add(value, pixel + FourVectors.Count);
            third.Add(value, pixel + (2 * FourVectors.Count));
        }

        first.Store(gradient);
        second.Store(gradient + FourVectors.Count);
        third.Store(gradient + (2 * FourVectors.Count));
    }

    private static void SpreadWide(int count, float* values, int* offsets, float* lineGradient, float* filter)
    {
        var first = FourVectors.Load(filter);
        var second = FourVectors.Load(filter + FourVectors.Count);
        var third = FourVectors.Load(filter + (2 * FourVectors.Count));
        for (var i = 0; i < count; i++)
        {
            var value = Vector256.Create(values[i]);
            var pixel = lineGradient + offsets[i];
            first.AddTo(pixel, value);
            second.AddTo(pixel + FourVectors.Count, value);
            third.AddTo(pixel + (2 * FourVectors.Count), value);
        }
    }
}
