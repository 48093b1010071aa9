using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CovidNotebooks.Models.Kernels;

/// <summary>Thirty-two neighbouring values in four registers.</summary>
/// <param name="first">The first eight.</param>
/// <param name="second">The next eight.</param>
/// <param name="third">The next eight.</param>
/// <param name="fourth">The last eight.</param>
internal unsafe struct FourVectors(Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth)
{
    /// <summary>How many values there are.</summary>
    public const int Count = 4 * Lane;

    private const int Lane = 8; // Vector256<float>.Count

    private Vector256<float> first = first;
    private Vector256<float> second = second;
    private Vector256<float> third = third;
    private Vector256<float> fourth = fourth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Load(float* from) =>
        new(Vector256.Load(from), Vector256.Load(from + Lane), Vector256.Load(from + (2 * Lane)), Vector256.Load(from + (3 * Lane)));

    /// <summary>These += factor × the values in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<float> factor, float* values)
    {
        first = Vector256.FusedMultiplyAdd(factor, Vector256.Load(values), first);
        second = Vector256.FusedMultiplyAdd(factor, Vector256.Load(values + Lane), second);
        third = Vector256.FusedMultiplyAdd(factor, Vector256.Load(values + (2 * Lane)), third);
        fourth = Vector256.FusedMultiplyAdd(factor, Vector256.Load(values + (3 * Lane)), fourth);
    }

    /// <summary>The values in memory += factor × these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(float* values, Vector256<float> factor)
    {
        Vector256.FusedMultiplyAdd(factor, first, Vector256.Load(values)).Store(values);
        Vector256.FusedMultiplyAdd(factor, second, Vector256.Load(values + Lane)).Store(values + Lane);
        Vector256.FusedMultiplyAdd(factor, third, Vector256.Load(values + (2 * Lane))).Store(values + (2 * Lane));
        Vector256.FusedMultiplyAdd(factor, fourth, Vector256.Load(values + (3 * Lane))).Store(values + (3 * Lane));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* to)
    {
        first.Store(to);
        second.Store(to + Lane);
        third.Store(to + (2 * Lane));
        fourth.Store(to + (3 * Lane));
    }
}
