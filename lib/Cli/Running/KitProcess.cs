using System.Diagnostics;
using System.Reflection;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// How this program is started once more: a notebook runs in a process of its own, so that somebody is left to tell when it dies.
/// </summary>
/// <param name="FileName">The program, <c>dotnet</c>.</param>
/// <param name="Arguments">What comes before the verb.</param>
internal sealed record KitProcess(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>
    /// The variable that a started program finds set to 1. Its standard input is then a pipe from the program that started it: when that
    /// one is gone, or wants it to end, the pipe ends.
    /// </summary>
    public const string Variable = "COVIDNOTEBOOKS_STARTED_BY_KIT";

    /// <summary>The program that runs.</summary>
    public static KitProcess This()
    {
        var assembly = Assembly.GetExecutingAssembly().Location;
        return Environment.ProcessPath is { } path
            && string.Equals(Path.GetFileNameWithoutExtension(path), "dotnet", StringComparison.OrdinalIgnoreCase)
            ? new KitProcess(path, ["exec", assembly])
            : new KitProcess(Environment.ProcessPath ?? "dotnet", Environment.ProcessPath is null ? ["exec", assembly] : []);
    }

    /// <summary>Starts a verb, lets it write to this program's terminal, and waits until it has ended.</summary>
    /// <param name="verb">The verb and what comes after it.</param>
    /// <param name="cancellation">Asks it to end, and still waits for it.</param>
    /// <param name="output">Takes its lines; null where they go to the terminal.</param>
    /// <param name="item">The item of a sweep that its runs are a part of; null for none.</param>
    /// <returns>Its exit code; 128 and the signal's number where a signal ended it.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<string> verb, CancellationToken cancellation, Action<string>? output = null, string? item = null)
    {
        var start = new ProcessStartInfo(FileName, [.. Arguments, .. verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = output is not null,
            RedirectStandardError = output is not null,
            UseShellExecute = false,
        };
        start.Environment[Variable] = "1";
        if (item is not null)
        {
            start.Environment[RunEnvironment.ItemVariable] = item;
        }

        using var process = new Process { StartInfo = start };
        if (output is not null)
        {
            process.OutputDataReceived += (_, line) => output(line.Data ?? "");
            process.ErrorDataReceived += (_, line) => output(line.Data ?? "");
        }

        process.Start();
        if (output is not null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        using (cancellation.Register(process.StandardInput.Close))
        {
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return process.ExitCode;
    }

    /// <summary>In a started program: cancelled when the one that started it is gone or wants it to end.</summary>
    /// <param name="input">The standard input.</param>
    /// <param name="cancellation">What cancels it too.</param>
    public static CancellationTokenSource UntilTold(Stream input, CancellationToken cancellation)
    {
        var told = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = WaitAsync();
        return told;

        async Task WaitAsync()
        {
            var nothing = new byte[1];
            while (await input.ReadAsync(nothing, CancellationToken.None).ConfigureAwait(false) > 0)
            {
                // What is typed is for nobody.
            }

            try
            {
                await told.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // It has ended.
            }
        }
    }
}
