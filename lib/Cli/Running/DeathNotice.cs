using System.Globalization;
using CovidNotebooks.Kernel.Headless;

namespace CovidNotebooks.Cli.Running;

/// <summary>What is told of a notebook's process that died: which cell ran, why as far as the exit code says, and where to go on.</summary>
internal static class DeathNotice
{
    /// <summary>The text for the terminal and for the notebook's error output.</summary>
    /// <param name="exitCode">The process's; 128 and the signal's number where a signal ended it.</param>
    /// <param name="cell">The cell that ran.</param>
    /// <param name="checkpoint">The file that a training can go on from; null where there is none.</param>
    public static string Text(int exitCode, CellPosition cell, string? checkpoint) => string.Create(
        CultureInfo.InvariantCulture,
        $"The process died ({Cause(exitCode)}) while cell {cell.CodeNumber} of {cell.CodeCount} ran ({cell.Title}). ")
        + (checkpoint is null
            ? "There is no checkpoint of it: the next run starts anew."
            : $"The last checkpoint is {checkpoint}: the same call goes on from it, unless the notebook's parameter resume is false.");

    /// <summary>Why a process ended, in words.</summary>
    public static string Cause(int exitCode) => exitCode switch
    {
        132 => "SIGILL: an instruction that this processor lacks",
        134 => "SIGABRT: a crash, for example a stack overflow; the lines above say more",
        135 => "SIGBUS: a file that was mapped into memory has shrunk, or the disk is full",
        136 => "SIGFPE: an arithmetic error in native code",
        137 => "SIGKILL: killed by a person, or by the system when memory ran out",
        139 => "SIGSEGV: a crash of native code",
        143 => "SIGTERM: told to end",
        > 128 and < 160 => string.Create(CultureInfo.InvariantCulture, $"signal {exitCode - 128}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"),
    };

    /// <summary>The newest checkpoint that was written since a time; null where there is none.</summary>
    /// <param name="runs">The store of runs.</param>
    /// <param name="since">When the process started.</param>
    public static string? Checkpoint(string runs, DateTimeOffset since)
    {
        var folder = new DirectoryInfo(Path.Combine(runs, "checkpoints"));
        return folder.Exists
            ? folder.EnumerateFiles("*.safetensors").Where(file => file.LastWriteTimeUtc >= since.UtcDateTime.AddSeconds(-2))
                .MaxBy(file => file.LastWriteTimeUtc)?.FullName
            : null;
    }
}
