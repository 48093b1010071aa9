using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CovidNotebooks.Cli.Running;

/// <summary>A sweep as one array job of Slurm: a task an item, all on one shared folder.</summary>
internal static class SlurmArray
{
    /// <summary>The script of an array job.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="keys">The items, a task each.</param>
    /// <param name="call">The program and what comes before an item's key.</param>
    /// <param name="folder">Where the tasks' output goes.</param>
    /// <param name="options">Further options of <c>sbatch</c>, for example <c>--partition=gpu</c>.</param>
    /// <param name="parallel">How many tasks run at once; null for as many as there is room for.</param>
    public static string Script(
        string name, IReadOnlyList<string> keys, IReadOnlyList<string> call, string folder, IReadOnlyList<string> options, int? parallel)
    {
        string[] lines =
        [
            "#!/bin/sh",
            $"#SBATCH --job-name={name}",
            string.Create(CultureInfo.InvariantCulture, $"#SBATCH --array=0-{keys.Count - 1}{(parallel is { } most ? $"%{most}" : "")}"),
            $"#SBATCH --output={folder}/logs/slurm-%A-%a.log",
            .. options.Select(option => "#SBATCH " + option),
            "# The task's number becomes the item's key: a task stays the same item though the sweep has grown meanwhile.",
            $"set -- {string.Join(' ', keys)}",
            "shift \"$SLURM_ARRAY_TASK_ID\"",
            $"exec {string.Join(' ', call.Select(Quoted))} \"$1\"",
        ];
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Hands a script to Slurm.</summary>
    /// <returns>The job's number.</returns>
    /// <exception cref="RunRequestException">There is no <c>sbatch</c>, or it refused; its own words are in the message.</exception>
    public static async Task<string> SubmitAsync(string script, CancellationToken cancellation)
    {
        var (exitCode, output, errors) = await CallAsync("sbatch", ["--parsable", script], cancellation).ConfigureAwait(false)
            ?? throw new RunRequestException(
                "--slurm: there is no sbatch here. "
                    + "Call it where Slurm's commands are, or leave --slurm out to run the items on this machine.");
        return exitCode == 0 ? output.Trim().Split(';')[0]
            : throw new RunRequestException(
                $"--slurm: sbatch refused {script}: {errors.Trim()} Give its options with --slurm-option, for example "
                    + "--slurm-option=--partition=gpu.");
    }

    /// <summary>The numbers of those jobs that are queued or running; null where Slurm cannot be asked.</summary>
    public static async Task<IReadOnlySet<string>?> QueuedAsync(IReadOnlyCollection<string> jobs, CancellationToken cancellation)
    {
        if (jobs.Count == 0)
        {
            return new HashSet<string>(StringComparer.Ordinal);
        }

        // Asked for all of one's jobs: a number that Slurm has forgotten would be an error.
        return await CallAsync("squeue", ["--noheader", "--array", "--format=%A %F", "--me"], cancellation)
            .ConfigureAwait(false) is (0, var output, _)
            ? output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(jobs.Contains)
                .ToHashSet(StringComparer.Ordinal)
            : null;
    }

    private static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static async Task<(int ExitCode, string Output, string Errors)?> CallAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
