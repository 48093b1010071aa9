using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CovidNotebooks.Models.Kernels;

/// <summary>
/// 2 × 2 max-pooling and ReLU of one map, and the way back. Memory is laid out rows, columns, channels; a last odd row or column counts
/// nowhere, as in torch.
/// </summary>
/// <typeparam name="T">How a value is stored: <see cref="float"/>, or <see cref="ushort"/> for bfloat16.</typeparam>
internal static unsafe class WindowPooling<T>
    where T : unmanaged
{
    /// <summary>A map has a multiple of this many channels.</summary>
    public const int Channels = 16;

    private const int Lane = 8; // Vector256<float>.Count

    /// <summary>The largest value of each window, or zero where it is not positive, and which of the four it was.</summary>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="map">The map.</param>
    /// <param name="pooled">Takes the values.</param>
    /// <param name="places">Takes the places, or <see cref="PooledForward.Cut"/>.</param>
    public static void Run(int rows, int columns, int channels, T* map, T* pooled, byte* places)
    {
        var line = (long)columns * channels;
        for (var y = 0; y < rows / 2; y++)
        {
            var first = map + (2 * y * line);
            for (var x = 0; x < columns / 2; x++, first += 2 * channels)
            {
                for (var c = 0; c < channels; c += Channels, pooled += Channels, places += Channels)
                {
                    var (low, lowPlaces) = Largest(first + c, channels, line);
                    var (high, highPlaces) = Largest(first + c + Lane, channels, line);
                    Store(low, pooled);
                    Store(high, pooled + Lane);
                    PooledForward.StorePlaces(lowPlaces, highPlaces, places);
                }
            }
        }
    }

    /// <summary>
    /// Puts each window's gradient where its value came from, and zero beside it; a last odd row or column is left as it is.
    /// </summary>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="upstream">The gradient of the pooled values.</param>
    /// <param name="places">What <see cref="Run"/> gave.</param>
    /// <param name="gradient">Takes the gradient of the map.</param>
    public static void Spread(int rows, int columns, int channels, T* upstream, byte* places, T* gradient)
    {
        var line = (long)columns * channels;
        for (var y = 0; y < rows / 2; y++)
        {
            var first = gradient + (2 * y * line);
            for (var x = 0; x < columns / 2; x++, first += 2 * channels)
            {
                for (var c = 0; c < channels; c += Channels, upstream += Channels, places += Channels)
                {
                    var (low, high) = Vector128.Widen(Vector128.Load(places));
                    var place = Vector256.Create(low, high);
                    Put(upstream, place, 0, first + c);
                    Put(upstream, place, 1, first + c + channels);
                    Put(upstream, place, 2, first + c + line);
                    Put(upstream, place, 3, first + c + line + channels);
                }
            }
        }
    }

    /// <summary>Sixteen gradients to one place of their windows: those whose place it is, zero for the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* upstream, Vector256<ushort> place, ushort own, T* to)
    {
        var chosen = Vector256.Equals(place, Vector256.Create(own));
        if (typeof(T) == typeof(ushort))
        {
            (Vector256.Load((ushort*)upstream) & chosen).Store((ushort*)to);
            return;
        }

        // A mask's sixteen bits are widened with their sign: all ones stay all ones.
        var (low, high) = Vector256.Widen(chosen.AsInt16());
        (Vector256.Load((int*)upstream) & low).Store((int*)to);
        (Vector256.Load((int*)upstream + Lane) & high).Store((int*)to + Lane);
    }

    private static (Vector256<float> Value, Vector256<int> Place) Largest(T* first, int channels, long line) => PooledForward.Largest(
        Load(first), Load(first + channels), Load(first + line), Load(first + line + channels));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(T* from)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector256.Load((float*)from);
        }

        var (low, high) = Vector128.Widen(Vector128.Load((ushort*)from));
        return Vector256.ShiftLeft(Vector256.Create(low, high), 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> values, T* to)
    {
        if (typeof(T) == typeof(float))
        {
            values.Store((float*)to);
            return;
        }

        var bits = Vector256.ShiftRightLogical(values.AsUInt32(), 16);
        Vector128.Narrow(bits.GetLower(), bits.GetUpper()).Store((ushort*)to);
    }
}
