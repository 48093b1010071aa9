using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CovidNotebooks.Kernel.Jupyter.Supervision;
using CovidNotebooks.Kernel.Jupyter.Wire;

namespace Tests.Kernel.Jupyter;

/// <summary>The kernel as processes: what is left when one of them goes.</summary>
public sealed class SupervisorTests
{
    private const string Windows = "Processes are ended by signals here.";

    [SkippableTheory]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "it was killed (signal 9)")]
    [InlineData("Environment.FailFast(\"gone for good\");", "gone for good")]
    [InlineData("int Endless(int n) => Endless(n + 1) + 1;\nEndless(0)", "Stack overflow.")]
    [InlineData("Environment.Exit(3);", "exit code 3")]
    public async Task A_death_ends_the_supervisor_with_its_reason_and_a_new_kernel_serves_on_the_same_ports(string cell, string told)
    {
        Skip.If(OperatingSystem.IsWindows(), Windows);
        using var kernel = new ProcessKernel();
        using (var client = new KernelClient(kernel))
        {
            client.Run("var lost = 1;");
            client.StartCell(
                "((Action<string>)AppContext.GetData(\"CovidNotebooks.CellRecoveryNote\"))(\"The training's checkpoint is "
                    + "c.safetensors.\");\n"
                    + cell);

            // What the client is told is asked over libzmq (PythonClientTests); here, what the supervisor says and leaves.
            await kernel.Process.WaitForExitAsync().WaitAsync(KernelClient.Patience);
        }

        Assert.NotEqual(0, kernel.Process.ExitCode);
        Assert.Contains("The kernel died in cell 2 (", kernel.Stderr, StringComparison.Ordinal);
        Assert.Contains(told, kernel.Stderr, StringComparison.Ordinal);
        Assert.Contains("The training's checkpoint is c.safetensors.", kernel.Stderr, StringComparison.Ordinal);
        kernel.Restart();
        using var next = new KernelClient(kernel);
        Assert.Equal("7", next.Run("7").Value);
    }

    [SkippableFact]
    public async Task A_kernel_whose_jupyter_is_gone_ends_though_a_cell_runs()
    {
        Skip.If(OperatingSystem.IsWindows(), Windows);
        using var jupyter = Process.Start("sleep", "1000");
        using var kernel = new ProcessKernel(jupyter.Id);
        using var client = new KernelClient(kernel);
        client.Run("1");
        client.StartCell("Enumerable.Repeat(0, int.MaxValue).All(_ => true)");
        jupyter.Kill();
        await kernel.Process.WaitForExitAsync().WaitAsync(KernelClient.Patience);
        await PortIsFreeAsync(kernel.Connection.Ports[KernelChannel.Shell]);
    }

    [SkippableFact]
    public async Task A_worker_whose_supervisor_is_gone_ends()
    {
        Skip.If(OperatingSystem.IsWindows(), Windows);
        using var kernel = new ProcessKernel();
        using var client = new KernelClient(kernel);
        client.Run("1");
        kernel.Process.Kill();
        await PortIsFreeAsync(kernel.Connection.Ports[KernelChannel.Shell]);
    }

    [SkippableFact]
    public async Task Kernels_that_are_started_together_each_run_their_cells_and_end_when_asked()
    {
        Skip.If(OperatingSystem.IsWindows(), Windows);
        ProcessKernel[] kernels = [new(), new(), new()];
        foreach (var (kernel, number) in kernels.Select((kernel, i) => (kernel, i)))
        {
            using var client = new KernelClient(kernel);
            Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), client.Run($"{number}").Value);
            client.Ask("shutdown_request", [], KernelChannel.Control);
            await kernel.Process.WaitForExitAsync().WaitAsync(KernelClient.Patience);
            Assert.Equal(0, kernel.Process.ExitCode);
            kernel.Dispose();
        }
    }

    [Fact]
    public void What_is_said_names_cell_cause_and_checkpoint()
    {
        var state = WorkerState.Idle.After("""{"cell":12,"header":{"msg_id":"a"},"identities":["AQI="]}""")
            .After("""{"note":"The training's checkpoint is c."}""").After("{\"cut");
        Assert.Equal(("a", 12), ((string?)state.Request!.Header["msg_id"], state.Cell));
        Assert.Equal([1, 2], state.Request.Identities[0]);
        Assert.Equal(
            [
                "The kernel died in cell 12 (native code crashed (signal 11)). Its variables are lost; Jupyter starts a new kernel, "
                    + "and the cells above have to run again.",
                "The training's checkpoint is c.",
                "last words",
            ],
            CrashNotice.Text(state, 139, ["last words"]));
        Assert.Null(state.After("{}").Request);
        Assert.True(state.After("""{"shutdown":true}""").IsShuttingDown);
    }

    private static async Task PortIsFreeAsync(int port)
    {
        for (var until = DateTime.UtcNow + KernelClient.Patience; ; await Task.Delay(100))
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < until)
            {
                // Still held.
            }
        }
    }
}
