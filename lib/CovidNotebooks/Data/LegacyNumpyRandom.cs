namespace CovidNotebooks.Data;

/// <summary>
/// numpy's <c>RandomState</c> as far as scikit-learn's splits use it: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998).
/// </summary>
internal sealed class LegacyNumpyRandom
{
    private const int Length = 624;
    private readonly uint[] state = new uint[Length];
    private int position = Length;

    public LegacyNumpyRandom(uint seed)
    {
        for (var i = 0; i < Length; i++)
        {
            state[i] = seed;
            seed = (1812433253u * (seed ^ (seed >> 30))) + (uint)i + 1;
        }
    }

    /// <summary>numpy's <c>permutation(count)</c>.</summary>
    public int[] Permutation(int count) => Permutation(Enumerable.Range(0, count));

    /// <summary>numpy's <c>permutation(values)</c>: a shuffled copy, from the last place to the first.</summary>
    public int[] Permutation(IEnumerable<int> values)
    {
        var shuffled = values.ToArray();
        for (var i = shuffled.Length - 1; i >= 1; i--)
        {
            var j = Interval((uint)i);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    /// <summary>Uniform from 0 to <paramref name="highest"/>: draws are masked and thrown away until one fits.</summary>
    private int Interval(uint highest)
    {
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(highest);
        uint value;
        do
        {
            value = Next() & mask;
        }
        while (value > highest);
        return (int)value;
    }

    private uint Next()
    {
        if (position == Length)
        {
            for (var i = 0; i < Length; i++)
            {
                var mixed = (state[i] & 0x80000000u) | (state[(i + 1) % Length] & 0x7FFFFFFFu);
                state[i] = state[(i + 397) % Length] ^ (mixed >> 1) ^ ((mixed & 1) == 0 ? 0 : 0x9908B0DFu);
            }

            position = 0;
        }

        var value = state[position++];
        value ^= value >> 11;
        value ^= (value << 7) & 0x9D2C5680u;
        value ^= (value << 15) & 0xEFC60000u;
        return value ^ (value >> 18);
    }
}
