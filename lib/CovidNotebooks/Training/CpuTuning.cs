using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace CovidNotebooks.Training;

/// <summary>
/// How torch uses this machine's processor. Changes speed, never what is computed, except that another number of threads may round sums
/// differently.
/// </summary>
/// <param name="Threads">Threads of an operator; 0, the default, for one a core.</param>
/// <param name="KeepFreedMemory">
/// Keep freed memory for the next batch instead of returning it to the system page by page (glibc only). That saves time where
/// activations are large (environment.md has a measurement); the process stays at its peak memory. Default true.
/// </param>
/// <remarks>
/// glibc keeps blocks over 64 MB only in its main arena, so on another thread than the process's first the environment variable
/// <c>MALLOC_ARENA_MAX=1</c> has to be set before the process starts, as <c>./kit</c> does; without it such a thread trains
/// slower.
/// <para>
/// Loading the library asks OpenMP, which reads its settings once, for short waits (<c>GOMP_SPINCOUNT</c>, unless you set it or
/// <c>OMP_WAIT_POLICY</c>): by default a thread that waits for the others keeps its core busy for milliseconds, which the loader's threads
/// need.
/// </para>
/// </remarks>
public sealed partial record CpuTuning(int Threads = 0, bool KeepFreedMemory = true)
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;
    private const string SpinCount = "GOMP_SPINCOUNT";
    private const string ShortSpin = "1000";

    /// <summary>The most that <see cref="LargestKeptMegabytes"/> can be.</summary>
    public const int MostKeptMegabytes = 1024;

    /// <summary>
    /// Blocks up to this many megabytes (2^20 bytes) are kept, larger ones are returned. Default 1,024. Blocks that are kept leave holes
    /// which others do not fit; where a large network is trained they can take a third of its memory (document 3).
    /// </summary>
    public int LargestKeptMegabytes { get; init; } = MostKeptMegabytes;

    /// <summary>
    /// Before an epoch begins, and at least so many seconds after the last time, the holes in kept memory are returned to the system
    /// (glibc's <c>malloc_trim</c>); 0 for never. Default 60. Blocks seldom fit the holes that others left, so without it a process grows
    /// for as long as it trains.
    /// </summary>
    public int TrimSeconds { get; init; } = 60;

    /// <summary>The number of threads that <see cref="Apply"/> sets.</summary>
    public int EffectiveThreads => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Sets both for the whole process.</summary>
    /// <returns>Whether freed memory is kept: false where the C library is not glibc or refused.</returns>
    public bool Apply()
    {
        torch.set_num_threads(EffectiveThreads);
        return KeepFreedMemory && KeepMemory(LargestKeptMegabytes);
    }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public void Validate()
    {
        if (Threads < 0)
        {
            throw new ArgumentException($"Threads is {Threads}; expected 0 (one a core) or more.");
        }

        if (LargestKeptMegabytes is < 1 or > MostKeptMegabytes)
        {
            throw new ArgumentException($"LargestKeptMegabytes is {LargestKeptMegabytes}; expected 1 to {MostKeptMegabytes}.");
        }

        if (TrimSeconds < 0)
        {
            throw new ArgumentException($"TrimSeconds is {TrimSeconds}; expected 0 (never) or more.");
        }
    }

    /// <summary>What has to be said before libtorch is loaded, and memory kept for loops that never meet a trainer.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "OpenMP reads its environment when libtorch is loaded: there is no later moment.")]
    internal static void PrepareProcess()
    {
        if (KeepMemory(MostKeptMegabytes)
            && Environment.GetEnvironmentVariable(SpinCount) is null
            && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
        {
            // .NET's own SetEnvironmentVariable does not reach C libraries.
            _ = SetVariable(SpinCount, ShortSpin, 0);
        }
    }

    /// <summary>What glibc answers; false where it is not the C library.</summary>
    internal static bool AskGlibc(Func<bool> call)
    {
        try
        {
            return OperatingSystem.IsLinux() && call();
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static bool KeepMemory(int largestMegabytes) => AskGlibc(() =>
        (SetMallocOption(MapThreshold, largestMegabytes << 20)
            & SetMallocOption(TrimThreshold, int.MaxValue)
            & SetMallocOption(TopPad, 64 << 20)) == 1);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetMallocOption(int option, int value);

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
