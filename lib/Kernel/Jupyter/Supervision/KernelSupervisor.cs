using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Jupyter.Supervision;

/// <summary>
/// The process that Jupyter starts. It starts the one that runs the cells, ends it when Jupyter is gone, and when it dies in a cell tells
/// the client which one and what can be saved; then it ends, so that Jupyter starts a new kernel.
/// </summary>
public static class KernelSupervisor
{
    private static readonly TimeSpan OrderlyEnd = TimeSpan.FromSeconds(4);

    /// <summary>Runs until the worker has ended.</summary>
    /// <param name="connectionFile">The connection file.</param>
    /// <param name="command">The arguments of <c>dotnet</c> that start the worker; the pipe's handle is added.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>The worker's exit code.</returns>
    public static async Task<int> RunAsync(string connectionFile, IReadOnlyList<string> command, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(command);
        var connection = ConnectionInfo.Read(connectionFile);
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var start = new ProcessStartInfo(DotnetHost.Path, [.. command, pipe.GetClientHandleAsString()])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var worker = Process.Start(start)!;
        pipe.DisposeLocalCopyOfClientHandle();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            TellWorker(worker, "interrupt");
        });
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            worker.Kill();
        });
        _ = EndWithParentAsync(worker);
        var stderr = ForwardAsync(worker.StandardError);
        var state = FollowAsync(pipe);
        await worker.WaitForExitAsync().ConfigureAwait(false);
        var last = await state.ConfigureAwait(false);
        if (last is { IsShuttingDown: false, Request: not null })
        {
            var text = CrashNotice.Text(last, worker.ExitCode, await stderr.ConfigureAwait(false));
            await Console.Error.WriteLineAsync($"{text[0]}\n{last.Note}").ConfigureAwait(false);
            CrashNotice.Send(connection, last, text, clock);
        }

        return worker.ExitCode == 0 && !last.IsShuttingDown ? 1 : worker.ExitCode;
    }

    private static void TellWorker(Process worker, string line)
    {
        try
        {
            worker.StandardInput.WriteLine(line);
            worker.StandardInput.Flush();
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            // The worker has ended; the supervisor is about to.
        }
    }

    /// <summary>A kernel whose Jupyter is gone would hold memory and ports for ever.</summary>
    private static async Task EndWithParentAsync(Process worker)
    {
        if (ParentId() is not { } id)
        {
            return;
        }

        try
        {
            using var parent = Process.GetProcessById(id);
            await parent.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }

        worker.StandardInput.Close();
        await Task.Delay(OrderlyEnd).ConfigureAwait(false);
        worker.Kill();
    }

    /// <summary>The process that must live: the one that Jupyter names, else on Linux the one that started this.</summary>
    private static int? ParentId()
    {
        // On Windows JPY_PARENT_PID is a handle, and nothing there was tried.
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        if (int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var named) && named > 1)
        {
            return named;
        }

        // The fields behind the name in parentheses: state, then the parent.
        const string Self = "/proc/self/stat";
        var fields = File.Exists(Self) ? File.ReadAllText(Self).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return fields.Length > 1 && int.Parse(fields[1], CultureInfo.InvariantCulture) is > 1 and var parent ? parent : null;
    }

    private static async Task<WorkerState> FollowAsync(Stream pipe)
    {
        using var lines = new StreamReader(pipe, leaveOpen: true);
        var state = WorkerState.Idle;
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            state = state.After(line);
        }

        return state;
    }

    /// <summary>
    /// Passes the worker's standard error on, and keeps its last lines: a runtime or a native library that gives up says why there.
    /// </summary>
    private static async Task<IReadOnlyList<string>> ForwardAsync(StreamReader stderr)
    {
        var kept = new Queue<string>();
        while (await stderr.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
            kept.Enqueue(line);
            if (kept.Count > 40)
            {
                kept.Dequeue();
            }
        }

        return [.. kept];
    }
}
