using System.Runtime.InteropServices;

namespace CovidNotebooks.Training;

/// <summary>Returns the holes in kept memory to the system every now and then (<see cref="CpuTuning.TrimSeconds"/>).</summary>
internal sealed partial class HeapTrim(CpuTuning tuning, TimeProvider clock)
{
    private long last = clock.GetTimestamp();

    /// <summary>Trims where it is time to. Measured: between batches it is worth little (tests/benchmarks/README.md).</summary>
    /// <returns>Whether it was.</returns>
    public bool BeforeEpoch()
    {
        if (!tuning.KeepFreedMemory || tuning.TrimSeconds == 0 || clock.GetElapsedTime(last).TotalSeconds < tuning.TrimSeconds)
        {
            return false;
        }

        _ = ReturnHoles();
        last = clock.GetTimestamp();
        return true;
    }

    /// <summary>Returns every whole page that is free.</summary>
    /// <returns>Whether there was one; false where the C library is not glibc.</returns>
    public static bool ReturnHoles() => CpuTuning.AskGlibc(() => Trim(0) == 1);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint keptAtTop);
}
