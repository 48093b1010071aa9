using System.Diagnostics;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter;
using CovidNotebooks.Kernel.Jupyter.Wire;

namespace Tests.Kernel.Jupyter;

public sealed class InterruptTests
{
    [Theory]
    [InlineData("while (true) { n++; System.Threading.Thread.Sleep(100); }")]
    [InlineData("System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);")]
    [InlineData("while (true) n++;")]
    [InlineData("do n++; while (true);")]
    [InlineData("for (;;) { try { System.Threading.Thread.Sleep(20); } catch (Exception) { } }")]
    [InlineData("foreach (var i in Enumerable.Repeat(1, int.MaxValue)) n++;")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("while (true) { n++; await Task.Delay(10); }")]
    [InlineData("Task.Run(() => { while (true) n++; }).Wait();")]
    [InlineData("Parallel.For(0, 4, i => { while (true) n++; });")]
    [InlineData("long Fib(int k) { return k < 2 ? k : Fib(k - 1) + Fib(k - 2); }\nFib(90)")]
    [InlineData("lock (new object()) { new System.Threading.ManualResetEvent(false).WaitOne(); }")]
    [InlineData("input(\"never answered\")")]
    public async Task A_cell_stops_and_its_variables_live(string code)
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run("long n = 40;");
        var id = kernel.Client.StartCell(code, new JsonObject { ["allow_stdin"] = true });
        var queued = kernel.Client.StartCell("n = -1;");
        await Task.Delay(700);
        var watch = Stopwatch.StartNew();
        Assert.Equal("ok", (string?)kernel.Client.Ask("interrupt_request", [], KernelChannel.Control)["status"]);
        var cell = kernel.Client.Answer(id);
        Assert.Equal("Interrupted: The cell was interrupted.", cell.Error);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
        Assert.Equal("aborted", kernel.Client.Answer(queued).Status);
        Assert.Equal("True", kernel.Client.Run("n >= 40").Value);
    }

    [Fact]
    public async Task A_cell_that_cannot_be_stopped_is_said_to_run_on_and_the_session_goes_on_after_it()
    {
        await using var kernel = new TestKernel(new JupyterKernelOptions { InterruptNotice = TimeSpan.FromMilliseconds(200) });
        kernel.Kernel.Interrupt();
        var flag = kernel.Folder.Write("go", "");
        kernel.Client.Run("var after = 5;");
        var id = kernel.Client.StartCell($"Enumerable.Repeat(0, int.MaxValue).All(_ => System.IO.File.Exists(\"{flag}\"))");
        await Task.Delay(700);
        kernel.Client.Ask("interrupt_request", [], KernelChannel.Control);
        await Task.Delay(1500);
        Assert.Equal("ok", (string?)kernel.Client.Ask("kernel_info_request", [])["status"]);
        File.Delete(flag);
        var cell = kernel.Client.Answer(id);
        Assert.Contains("The interrupt has not stopped the cell yet", cell.Stderr, StringComparison.Ordinal);
        Assert.Equal("5", kernel.Client.Run("after").Value);
    }

    [Fact]
    public async Task A_library_learns_of_the_interrupt_by_name_and_can_stop_between_steps()
    {
        await using var kernel = new TestKernel();
        var id = kernel.Client.StartCell("""
            var steps = 0;
            var token = ((Func<System.Threading.CancellationToken>)AppContext.GetData("CovidNotebooks.CellCancellation"))();
            Enumerable.Repeat(0, int.MaxValue).All(_ => { steps++; return !token.IsCancellationRequested; })
            """);
        await Task.Delay(700);
        kernel.Client.Ask("interrupt_request", [], KernelChannel.Control);
        Assert.Equal("error", kernel.Client.Answer(id).Status);
        Assert.Equal("True", kernel.Client.Run("steps > 0").Value);
    }
}
