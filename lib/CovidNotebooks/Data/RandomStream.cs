namespace CovidNotebooks.Data;

/// <summary>
/// A small counter-based random generator: SplitMix64, started from a hash of a few whole numbers, so that every image of every epoch has
/// its own stream and no draw depends on another image, on a thread, or on the platform.
/// </summary>
/// <remarks>
/// The n-th output is mix(start + n · 0x9E3779B97F4A7C15), where mix is the finaliser of Steele, Lea and Flood (2014), "Fast splittable
/// pseudorandom number generators". The start is 0 mixed with each key in turn. A double is the output's upper 53 bits divided by 2^53.
/// </remarks>
public struct RandomStream
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>The stream that belongs to the keys, for example seed, purpose, epoch, index.</summary>
    public RandomStream(params ReadOnlySpan<long> keys)
    {
        foreach (var key in keys)
        {
            state = Mix(state + Step) ^ Mix((ulong)key * Step + 1);
        }
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        state += Step;
        return Mix(state);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [lowest, highest).</summary>
    public double NextDouble(double lowest, double highest) => lowest + (NextDouble() * (highest - lowest));

    /// <summary>A whole number, uniform from 0 to <paramref name="exclusiveMaximum"/> - 1.</summary>
    public int NextInt(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMaximum, 1);
        return (int)(((UInt128)NextBits() * (ulong)exclusiveMaximum) >> 64);
    }

    /// <summary>A normal deviate with mean 0 and standard deviation 1 (Box and Muller; takes two draws).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = NextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
