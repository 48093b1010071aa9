using System.IO.Pipes;
using System.Runtime.InteropServices;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Jupyter.Supervision;

/// <summary>The process that runs the cells, under a <see cref="KernelSupervisor"/>.</summary>
public static class KernelWorker
{
    private static readonly TimeSpan OrderlyEnd = TimeSpan.FromSeconds(2);

    /// <summary>Serves until a client asks for the end, or the supervisor is gone.</summary>
    /// <param name="connectionFile">Where to listen.</param>
    /// <param name="pipeHandle">The pipe through which the supervisor learns which cell runs.</param>
    /// <param name="options">The kernel's settings.</param>
    /// <exception cref="ConnectionException">It cannot listen there.</exception>
    public static async Task RunAsync(string connectionFile, string pipeHandle, JupyterKernelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var warm = CSharpSession.PrewarmAsync();
        await using var pipe = new AnonymousPipeClientStream(PipeDirection.Out, pipeHandle);
        await using var kernel = new JupyterKernel(
            ConnectionInfo.Read(connectionFile), options with { Watcher = new WorkerStateWriter(pipe) });
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            kernel.Interrupt();
        });
        new Thread(() => FollowSupervisor(kernel)) { IsBackground = true, Name = "supervisor" }.Start();
        await kernel.ShutdownRequested.ConfigureAwait(false);
        await warm.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Standard input is the line to the supervisor: when it ends, so does this process, whatever a cell does.</summary>
    private static void FollowSupervisor(JupyterKernel kernel)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (input.ReadLine() is { } line)
        {
            if (line == "interrupt")
            {
                kernel.Interrupt();
            }
        }

        new Thread(Kill) { IsBackground = true }.Start();
        Environment.Exit(1);
    }

    private static void Kill()
    {
        Thread.Sleep(OrderlyEnd);
        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }
}
