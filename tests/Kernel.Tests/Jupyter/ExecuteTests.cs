using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Wire;

namespace Tests.Kernel.Jupyter;

public sealed class ExecuteTests
{
    [Fact]
    public async Task A_cell_is_echoed_run_answered_and_keeps_its_variables()
    {
        await using var kernel = new TestKernel();
        var first = kernel.Client.Run("var x = 20;");
        Assert.Equal(["status", "execute_input", "status"], first.Published.Select(message => message.Type));
        Assert.Equal("busy", (string?)first.Published[0].Content["execution_state"]);
        Assert.Equal(("ok", 1), (first.Status, (int)first.Reply["execution_count"]!));
        var second = kernel.Client.Run("Console.Write(\"a\"); x + 1");
        Assert.Equal(("21", "a", 2), (second.Value, second.Stdout, (int)second.Reply["execution_count"]!));
        Assert.Equal(2, (int)second.Outputs[1].Content["execution_count"]!);
    }

    [Fact]
    public async Task A_silent_cell_publishes_nothing_and_is_not_counted()
    {
        await using var kernel = new TestKernel();
        var silent = kernel.Client.Run("var hidden = 3; Console.Write(\"x\"); hidden", new JsonObject { ["silent"] = true });
        Assert.All(silent.Published, message => Assert.Equal("status", message.Type));
        var unstored = kernel.Client.Run("hidden", new JsonObject { ["store_history"] = false });
        Assert.Equal("3", unstored.Value);
        Assert.Equal(1, (int)kernel.Client.Run("1").Reply["execution_count"]!);
        Assert.Equal(
            """[[1,1,"1"]]""",
            kernel.Client.Ask("history_request", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 9 })["history"]!.ToJsonString());
    }

    [Fact]
    public async Task An_error_names_cell_line_and_own_frames_and_aborts_what_was_queued()
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run("int Half(int n)\n{\n    return n % 2 == 0 ? n / 2 : throw new ArgumentException(\"odd\");\n}");
        string[] ids =
        [
            kernel.Client.StartCell("var before = 1;\nHalf(3)"),
            kernel.Client.StartCell("var after = 1;"),
            kernel.Client.StartCell("after"),
        ];
        var failed = kernel.Client.Answer(ids[0]);
        Assert.Equal("System.ArgumentException: odd", failed.Error);
        Assert.Equal(
            ["cell 2, line 2:  Half(3)", "System.ArgumentException: odd", "   at Half(Int32 n) in cell 1, line 3", "   at cell 2, line 2"],
            failed.Traceback);
        var error = Assert.Single(failed.Outputs);
        Assert.Equal(("error", "odd"), (error.Type, (string?)error.Content["evalue"]));
        Assert.All(ids[1..], id => Assert.Equal("aborted", kernel.Client.Answer(id).Status));
        Assert.Equal("1", kernel.Client.Run("before").Value);
        Assert.Equal(
            "CompilationError: (1,1): error CS0103: The name 'after' does not exist in the current context",
            kernel.Client.Run("after").Error);
    }

    [Fact]
    public async Task Cells_go_on_after_an_error_when_the_client_says_so()
    {
        await using var kernel = new TestKernel();
        string[] ids = [kernel.Client.StartCell("nosuch", new JsonObject { ["stop_on_error"] = false }), kernel.Client.StartCell("2")];
        Assert.Equal("error", kernel.Client.Answer(ids[0]).Status);
        Assert.Equal("2", kernel.Client.Answer(ids[1]).Value);
    }

    [Fact]
    public async Task Diagnostics_point_into_the_cell_that_was_written_though_checks_are_compiled_into_it()
    {
        await using var kernel = new TestKernel();
        Assert.EndsWith(
            "\n(1,35): error CS0103: The name 'b' does not exist in the current context",
            kernel.Client.Run("for (var i = 0; i < 3; i++) { a = b; }").Error,
            StringComparison.Ordinal);
        var warned = kernel.Client.Run("while (true) { break; int never = 1; }");
        Assert.StartsWith("(1,23): warning CS0162", warned.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_expressions_are_evaluated_after_the_cell()
    {
        await using var kernel = new TestKernel();
        var reply = kernel.Client.Run(
            "var y = 4;",
            new JsonObject
            {
                ["user_expressions"] = new JsonObject { ["twice"] = "2 * y", ["wrong"] = "nosuch" },
            }).Reply["user_expressions"]!;
        Assert.Contains("8", (string?)reply["twice"]!["data"]!["text/html"], StringComparison.Ordinal);
        Assert.Equal("error", (string?)reply["wrong"]!["status"]);
    }

    [Fact]
    public async Task Input_is_asked_of_the_client_and_refused_where_it_does_not_answer()
    {
        await using var kernel = new TestKernel();
        foreach (
            var (code, prompt, password) in new[]
            {
                ("input(\"name?\")", "name?", false),
                ("await GetInputAsync(\"secret\", isPassword: true)", "secret", true),
                ("Console.ReadLine()", "", false),
            })
        {
            var id = kernel.Client.StartCell(code, new JsonObject { ["allow_stdin"] = true });
            var question = kernel.Client.Receive(KernelChannel.Stdin);
            Assert.Equal(
                ("input_request", prompt, password),
                (question.Type, (string)question.Content["prompt"]!, (bool)question.Content["password"]!));
            kernel.Client.Send(KernelChannel.Stdin, "input_reply", new JsonObject { ["value"] = "Ada ☃" });
            Assert.Contains(
                "Ada ☃", kernel.Client.Answer(id).Outputs.Single().Content["data"]!["text/plain"]!.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains(
            "allow_stdin is false",
            kernel.Client.Run("input(\"name?\")", new JsonObject { ["allow_stdin"] = false }).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_on_a_thread_that_outlives_its_cell_is_in_the_next_one()
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run(
            "new System.Threading.Thread(() => { System.Threading.Thread.Sleep(300); throw new InvalidOperationException(\"late\"); "
                + "}).Start();");
        await Task.Delay(1500);
        Assert.Contains("System.InvalidOperationException: late", kernel.Client.Run("1").Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shutting_down_is_answered_and_ends_the_kernel()
    {
        await using var kernel = new TestKernel();
        var reply = kernel.Client.Ask("shutdown_request", new JsonObject { ["restart"] = true }, KernelChannel.Control);
        Assert.Equal((true, "ok"), ((bool)reply["restart"]!, (string?)reply["status"]));
        Assert.True(await kernel.Kernel.ShutdownRequested.WaitAsync(KernelClient.Patience));
    }
}
