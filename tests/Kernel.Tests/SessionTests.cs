using CovidNotebooks.Kernel.Session;

namespace Tests.Kernel;

public sealed class SessionTests
{
    private static string Pre(string text) => $"<div class=\"dni-plaintext\"><pre>{text}</pre></div>";

    [Fact]
    public async Task A_name_of_the_dialect_is_one_though_the_warm_up_runs_beside_the_first_cell()
    {
        using var folder = new TemporaryFolder();
        var dll = TestLibrary.Build(folder.Path, "Lib", "public class Model { }");
        for (var i = 0; i < 5; i++)
        {
            var warm = CSharpSession.PrewarmAsync();
            var session = new TestSession();
            await session.ValueAsync("display(1);");
            await warm;
            Assert.Equal("", await session.ValueAsync($"#r \"{dll}\"\ndisplay(new Model());"));
            Assert.Equal("", await session.ValueAsync("display(2);"));
        }
    }

    [Fact]
    public async Task State_is_carried_from_cell_to_cell()
    {
        var session = new TestSession();
        await session.ValueAsync("int x = 3; int Twice(int n) => 2 * n; record Point(int X, int Y);");
        await session.ValueAsync("using System.IO;");
        Assert.Equal(Pre("7"), await session.ValueAsync("Twice(x) + new Point(1, 2).X"));
        Assert.Equal(
            Pre("a/b"),
            await session.ValueAsync(
                "HTML(Path.Combine(\"a\", \"b\")); Path.Combine(\"a\", \"b\") is var p ? new System.Uri(p, System.UriKind.Relative) "
                    + ": null"));
        await session.ValueAsync("string x = \"now a string\";");
        Assert.Equal("now a string", await session.ValueAsync("x"));
    }

    [Fact]
    public async Task Await_works_at_the_top_level()
    {
        var session = new TestSession();
        Assert.Equal(Pre("5"), await session.ValueAsync("await Task.Delay(1); var t = await Task.FromResult(5); t"));
        Assert.Equal("", await session.ValueAsync("await Task.CompletedTask"));
        Assert.Equal(Pre("6"), await session.ValueAsync("await Task.FromResult(6)"));
    }

    [Fact]
    public async Task A_compile_error_names_the_lines_of_the_cell()
    {
        var error = await new TestSession().ErrorAsync("var a = 1;\n\nvar b = c;\nint d = \"x\";");
        Assert.Equal(
            "(3,9): error CS0103: The name 'c' does not exist in the current context\n(4,9): error CS0029: Cannot implicitly convert "
                + "type 'string' to 'int'",
            error.Message);
        Assert.Equal(3, error.Line);
    }

    [Fact]
    public async Task An_exception_gives_message_frames_and_line()
    {
        var session = new TestSession();
        await session.ValueAsync(
            "void Deep(int n)\n{\n    if (n == 0)\n    {\n        throw new InvalidOperationException(\"too deep\");\n    }\n\n    "
                + "Deep(n - 1);\n}");
        var error = await session.ErrorAsync("int before = 1;\nDeep(1);");
        Assert.Equal(
            [
                "System.InvalidOperationException: too deep",
                "   at Deep(Int32 n) in cell 1, line 5",
                "   at Deep(Int32 n) in cell 1, line 8",
                "   at cell 2, line 2",
            ],
            error.Traceback);
        Assert.Equal(("System.InvalidOperationException", "too deep", 2), (error.Name, error.Message, error.Line));
        Assert.Equal(Pre("1"), await session.ValueAsync("before"));
    }

    [Fact]
    public async Task Many_cells_keep_their_state()
    {
        var session = new TestSession();
        for (var i = 0; i < 40; i++)
        {
            await session.ValueAsync($"int v{i} = {(i == 0 ? "1" : $"v{i - 1} + 1")};");
        }

        Assert.Equal(Pre("41"), await session.ValueAsync("v0 + v39"));
        Assert.Equal(
            (40, "v0", typeof(int), (object)1),
            (
                session.Session.Variables.Count,
                session.Session.Variables[0].Name,
                session.Session.Variables[0].Type,
                session.Session.Variables[0].Value!));
    }

    [Fact]
    public async Task An_exception_on_a_thread_of_the_cell_does_not_end_the_process()
    {
        var session = new TestSession();
        await session.ValueAsync(
            "var thread = new System.Threading.Thread(() => throw new InvalidOperationException(\"on a "
                + "thread\"));\nthread.Start();\nthread.Join();");
        Assert.StartsWith(
            "A thread that the cell started ended in an exception that nothing caught:\nSystem.InvalidOperationException: on a thread\n",
            session.Stderr,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_task_writes_goes_to_the_cell_that_runs_then_and_is_lost_between_cells()
    {
        var session = new TestSession();
        await session.ValueAsync(
            "var go = new TaskCompletionSource(); var done = new TaskCompletionSource();\nvar task = Task.Run(async () => { await "
                + "go.Task; Console.Write(\"from the first cell\"); done.SetResult(); });");
        Assert.Equal("from the first cell", await session.ValueAsync("go.SetResult(); await done.Task;"));
        await session.ValueAsync("var late = Task.Run(async () => { await Task.Delay(300); Console.Write(\"lost\"); });");
        await Task.Delay(600);
        Assert.Equal("", session.Stdout);
    }

    [Fact]
    public async Task A_left_behind_cell_ends_the_session()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
        var session = new TestSession(grace: TimeSpan.FromSeconds(0.1));
        var result = await session.RunAsync(
            $"Enumerable.Repeat(0, int.MaxValue).All(_ => System.IO.Directory.Exists(@\"{folder.Path}\"))",
            cancellationToken: cancel.Token);
        Assert.Equal(CellStatus.Abandoned, result.Status);
        Assert.Equal("Interrupted", Assert.Single(session.Events.OfType<ErrorRaised>()).Error.Name);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.RunAsync("1"));
    }

    [Fact]
    public async Task A_cell_of_another_kernel_is_refused()
    {
        var session = new TestSession();
        var result = await session.RunAsync("let x = 1", "fsharp");
        Assert.Equal(
            "The cell is written for the kernel 'fsharp', and this kernel runs C# (and shows markdown, html and javascript).",
            result.Error?.Message);
        await session.RunAsync("*text*", "markdown");
        Assert.Equal("*text*", session.Events.OfType<ValueDisplayed>().Single().Bundle.Content["text/markdown"]);
    }

    /// <summary>
    /// A full disk, a missing folder, what the kit itself throws: the message and the cell's line, no frames of libraries.
    /// </summary>
    [Theory]
    [InlineData("System.IO.IOException", "new System.IO.IOException(\"No space left on device\")")]
    [InlineData("System.IO.IOException",
        "new System.IO.IOException(\"No space left on device\", new System.AggregateException(new System.Exception(\"deep\")))")]
    [InlineData("System.UnauthorizedAccessException", "new System.UnauthorizedAccessException(\"No space left on device\")")]
    [InlineData("CovidNotebooks.Data.DataException", "new CovidNotebooks.Data.DataException(\"No space left on device\")")]
    public async Task Messages_that_say_all_come_without_the_libraries_stack(string type, string thrown)
    {
        using var folder = new TemporaryFolder();
        var dll = TestLibrary.Build(folder.Path, "Lib", "namespace CovidNotebooks.Data { public class DataException(string m) : "
            + $"System.Exception(m); public class Saver {{ public void Save() => Write(); static void Write() => throw {thrown}; }} }}");
        var session = new TestSession();
        await session.RunAsync($"#r \"{dll}\"\nusing CovidNotebooks.Data;\nvoid Finish() => new Saver().Save();");
        var error = await session.ErrorAsync("var before = 1;\nFinish();");
        Assert.Equal(
            [$"{type}: No space left on device", "   at Finish() in cell 1, line 3", "   at cell 2, line 2"], error.Traceback);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task Inner_exceptions_async_methods_and_lambdas_are_named()
    {
        var session = new TestSession();
        var error = await session.ErrorAsync("""
            async Task Load(string name)
            {
                await Task.Yield();
                try { int.Parse(name); }
                catch (Exception e) { throw new InvalidOperationException("cannot load " + name, e); }
            }
            Func<Task> run = async () => await Load("x");
            await run();
            """);
        Assert.Equal("System.InvalidOperationException: cannot load x", error.Traceback[0]);
        Assert.Equal("   at Load(…) in cell 1, line 5", error.Traceback[1]);
        Assert.Contains("   at cell 1, line 8", error.Traceback);
        Assert.Contains("caused by System.FormatException: The input string 'x' was not in a correct format.", error.Traceback);
        Assert.DoesNotContain(
            error.Traceback,
            line =>
                line.Contains("CompilerServices", StringComparison.Ordinal)
                    || line.Contains("CovidNotebooks", StringComparison.Ordinal)
                    || line.Contains("__", StringComparison.Ordinal));
        Assert.Equal(5, error.Line);
    }

    [Fact]
    public async Task Time_shows_how_long_the_cell_took()
    {
        var session = new TestSession();
        await session.RunAsync("#!time\nawait Task.Delay(30);");
        Assert.Matches("^Wall time: [0-9.]+ms$", session.Events.OfType<ValueDisplayed>().Single().Bundle.PlainText);
    }
}
