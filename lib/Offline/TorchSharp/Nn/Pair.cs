namespace TorchSharp;

/// <summary>Turns what people write for a size in two dimensions into what operators take.</summary>
internal static class Pair
{
    internal static long[] Of((long, long) pair) => [pair.Item1, pair.Item2];

    internal static long[]? Of((long, long)? pair) => pair is { } both ? Of(both) : null;

    internal static long[]? Of(long? both) => both is { } value ? [value, value] : null;
}
