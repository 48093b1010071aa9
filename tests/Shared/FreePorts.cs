using System.Net.NetworkInformation;

namespace Tests.Shared;

/// <summary>
/// Ports of this machine for a program that is told where to listen. They lie below the range from which systems take the ports of
/// outgoing connections (32768 on Linux, 49152 elsewhere): one of that range may be taken between its choice and its use, even by the
/// client that waits for the program.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int End = 32_000; // A run that begins just below it still ends below 32768.

    /// <summary>Process ids of projects that are tested at once are near each other, so each starts far from the next.</summary>
    private static int Next = Environment.ProcessId * 997;

    /// <summary>A run of ports that nobody listens on and that no other call in this process was given.</summary>
    public static int Take(int count = 1)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        while (true)
        {
            var first = First + (((Interlocked.Add(ref Next, count) - count) & int.MaxValue) % (End - First));
            if (Enumerable.Range(first, count).All(port => !taken.Contains(port)))
            {
                return first;
            }
        }
    }
}
