using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;

namespace Tests.Kernel;

public sealed class RunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string OutputText(NotebookFile notebook, int cell) => string.Concat(notebook.Cells[cell].Outputs.Select(o =>
        MultilineText.Read(o!["text"] ?? o["data"]?["text/plain"] ?? o["data"]?["text/html"] ?? o["evalue"])));

    private string Notebook(params string[] cells)
    {
        var notebook = NotebookFile.Create();
        foreach (var source in cells)
        {
            var tags = source.StartsWith("// tags: ", StringComparison.Ordinal) ? source.Split('\n')[0]["// tags: ".Length..].Split(' ')
                : [];
            var cell = notebook.Insert(notebook.Cells.Count, CellKind.Code, source, $"c{notebook.Cells.Count}");
            if (tags.Length > 0)
            {
                cell.Metadata["tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
            }
        }

        notebook.Save(folder.File("notebook.ipynb"));
        return folder.File("notebook.ipynb");
    }

    private HeadlessOptions Options(string notebook) => new() { NotebookPath = notebook, OutputPath = folder.File("out.ipynb") };

    [Fact]
    public async Task A_run_keeps_the_outputs_and_reports_each_cell()
    {
        var observer = new RecordingObserver();
        var result = await NotebookRunner.RunAsync(
            Options(Notebook("Console.Write(\"a\\rb\\n\"); 41 + 1", "display(\"shown\");")), observer);
        Assert.Equal((RunStatus.Succeeded, 0), (result.Status, result.ExitCode));
        var written = NotebookFile.Read(folder.File("out.ipynb"));
        Assert.Equal("b\n<div class=\"dni-plaintext\"><pre>42</pre></div>", OutputText(written, 0));
        Assert.Equal("shown", OutputText(written, 1));
        Assert.Equal(2, written.Cells[1].ExecutionCount);
        Assert.Equal(
            [
                "start 1/2 Console.Write(\"a\\rb\\n\"); 41 + 1",
                "output StreamWritten",
                "output ValueReturned",
                "end 1 Succeeded",
                "start 2/2 display(\"shown\");",
                "output ValueDisplayed",
                "end 2 Succeeded",
            ],
            observer.Lines);
    }

    [Theory]
    [InlineData("epochs", "3", "int epochs = 3;")]
    [InlineData("epochs", "-3", "int epochs = -3;")]
    [InlineData("count", "5000000000", "long count = 5000000000L;")]
    [InlineData("rate", "1", "double rate = 1.0;")]
    [InlineData("rate", "1e-4", "double rate = 0.0001;")]
    [InlineData("inferred", "2", "double inferred = 2.0;")]
    [InlineData("shuffle", "TRUE", "bool shuffle = true;")]
    [InlineData("name", "say \"hi\"\\", "string name = \"say \\\"hi\\\"\\\\\";")]
    [InlineData("name", "null", "string name = \"null\";")]
    [InlineData("data", "null", "string? data = null;")]
    [InlineData("data", "\"null\"", "string? data = \"null\";")]
    [InlineData("data", "/some where/x", "string? data = \"/some where/x\";")]
    [InlineData("maybe", "null", "int? maybe = null;")]
    [InlineData("maybe", "4", "int? maybe = 4;")]
    [InlineData("sizes", "1,2", "int[] sizes = new int[] { 1, 2 };")]
    [InlineData("sizes", "[3, 4]", "int[] sizes = new int[] { 3, 4 };")]
    [InlineData("sizes", "", "int[] sizes = new int[] {  };")]
    [InlineData("names", "a,b c", "string[] names = new string[] { \"a\", \"b c\" };")]
    [InlineData("names", "[\"a,b\", \"c\"]", "string[] names = new string[] { \"a,b\", \"c\" };")]
    [InlineData("factors", "[0.5, 1]", "double[] factors = new double[] { 0.5, 1.0 };")]
    public void Each_type_of_parameter_takes_a_value(string name, string typed, string declaration)
    {
        var notebook = NotebookFile.Read(Notebook("1", ParametersCell));
        ParameterInjection.Apply(notebook, new Dictionary<string, string> { [name] = typed });
        Assert.Equal(["injected-parameters"], notebook.Cells[2].Tags);
        Assert.Equal(declaration, notebook.Cells[2].Source.Split('\n')[^1]);
    }

    [Theory]
    [InlineData("epochs", "2.5", "Parameter 'epochs' is of type int, and '2.5' is not a value of that type. Its default is 20.")]
    [InlineData("shuffle", "yes", "Parameter 'shuffle' is of type bool, and 'yes' is not a value of that type. Its default is false.")]
    [
        InlineData(
            "sizes",
            "1,x",
            "Parameter 'sizes' is of type int[], and 'x' is not a value of int. A list is written as 1,2,3 or as [1, 2, 3]."),
    ]
    [InlineData("epochs", "null", "Parameter 'epochs' is of type int, and 'null' is not a value of that type. Its default is 20.")]
    [
        InlineData(
            "span",
            "1",
            "Parameter 'span' is declared as 'TimeSpan', and only int, long, double, float, decimal, bool, string, their nullable "
                + "forms and arrays can be set from outside. Declare it with one of these types in the cell tagged 'parameters'."),
    ]
    public void A_value_of_another_type_is_refused(string name, string typed, string message)
    {
        var notebook = NotebookFile.Read(Notebook(ParametersCell));
        Assert.Equal(
            message,
            Assert.Throws<ParameterException>(
                () => ParameterInjection.Apply(notebook, new Dictionary<string, string> { [name] = typed })).Message);
    }

    [Fact]
    public async Task An_unknown_parameter_is_an_error_that_lists_the_known_ones_and_nothing_is_written()
    {
        var options = Options(Notebook(ParametersCell)) with { Parameters = new Dictionary<string, string> { ["epoch"] = "1" } };
        var error = await Assert.ThrowsAsync<ParameterException>(() => NotebookRunner.RunAsync(options, new RunObserver()));
        Assert.StartsWith(
            "The notebook has no parameter 'epoch'. Did you mean 'epochs'? Its parameters, with their defaults:\n  int epochs = 20\n "
                + " long count = 1\n",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("\n  string? data = null\n", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(options.OutputPath));
        var none = Options(Notebook("1")) with { Parameters = new Dictionary<string, string> { ["epochs"] = "1" } };
        Assert.Equal(
            "'epochs' cannot be set: the notebook has no cell tagged 'parameters'.",
            (await Assert.ThrowsAsync<ParameterException>(() => NotebookRunner.RunAsync(none, new RunObserver()))).Message);
    }

    [Fact]
    public async Task Parameters_are_set_after_their_declaration_and_replaced_when_the_result_is_run_again()
    {
        var options = Options(Notebook(ParametersCell, "Console.Write($\"{epochs} {data ?? \"none\"} {sizes.Length}\");")) with
        {
            Parameters = new Dictionary<string, string> { ["sizes"] = "7,8,9", ["epochs"] = "2", ["data"] = "here" },
        };
        var result = await NotebookRunner.RunAsync(options, new RunObserver());
        Assert.Equal("2 here 3", OutputText(result.Notebook, 2));
        Assert.Equal(
            [
                "#nullable enable",
                "// Parameters of this run",
                "int epochs = 2;",
                "string? data = \"here\";",
                "int[] sizes = new int[] { 7, 8, 9 };",
            ],
            result.Notebook.Cells[1].Source.Split('\n'));
        var again = await NotebookRunner.RunAsync(
            Options(options.OutputPath) with
            {
                OutputPath = folder.File("again.ipynb"),
                Parameters = new Dictionary<string, string> { ["epochs"] = "5" },
            },
            new RunObserver());
        Assert.Equal(3, again.Notebook.Cells.Count);
        Assert.Equal("5 none 1", OutputText(again.Notebook, 2));
    }

    [Fact]
    public async Task A_failing_cell_ends_the_run_with_its_error_in_the_file()
    {
        var result = await NotebookRunner.RunAsync(
            Options(Notebook("1", "Console.Write(\"before\");\nthrow new InvalidOperationException(\"no\");", "2")), new RunObserver());
        Assert.Equal((RunStatus.CellFailed, 1, 2, 2), (result.Status, result.ExitCode, result.FailedCell!.Number, result.Error!.Line));
        var written = NotebookFile.Read(folder.File("out.ipynb"));
        Assert.Equal("beforeno", OutputText(written, 1));
        var error = written.Cells[1].Outputs[1]!;
        Assert.Equal(("error", "System.InvalidOperationException"), ((string)error["output_type"]!, (string)error["ename"]!));
        Assert.Equal("   at cell 2, line 2", (string)error["traceback"]![1]!);
        Assert.Empty(written.Cells[2].Outputs);
        Assert.Null(written.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task Tags_skip_a_cell_or_let_it_fail()
    {
        var observer = new RecordingObserver();
        var result = await NotebookRunner.RunAsync(
            Options(
                Notebook(
                    "// tags: raises-exception\nthrow new Exception(\"x\");",
                    "// tags: skip-execution\nthrow new Exception(\"y\");",
                    "  ",
                    "3")),
            observer);
        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal("x", OutputText(result.Notebook, 0));
        Assert.Equal(["end 1 Failed", "end 2 Succeeded"], observer.Lines.Where(l => l.StartsWith("end", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_folder_of_the_notebook_is_the_current_one_and_the_old_one_comes_back()
    {
        var before = Directory.GetCurrentDirectory();
        var result = await NotebookRunner.RunAsync(Options(Notebook("Console.Write(Environment.CurrentDirectory);")), new RunObserver());
        Assert.Equal(folder.Path, OutputText(result.Notebook, 0));
        Assert.Equal(before, Directory.GetCurrentDirectory());
    }

    // A stopped cell's loop ends at its next turn; should it not, it ends when the test's folder goes.
    private const string BusyLoop = "Console.WriteLine(\"started\");\nvar folder = Environment.CurrentDirectory;\n"
        + "while (System.IO.Directory.Exists(folder)) { }";

    [Fact]
    public async Task A_busy_loop_ends_at_the_time_limit_of_the_cell()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = await NotebookRunner.RunAsync(
            Options(Notebook("1", BusyLoop, "2")) with
            {
                CellTimeLimit = TimeSpan.FromSeconds(5),
                InterruptGrace = TimeSpan.FromSeconds(2),
            },
            new RunObserver());
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), clock.Elapsed.ToString());
        Assert.Equal((RunStatus.TimedOut, 1, false), (result.Status, result.ExitCode, result.LeftBehind));
        var written = NotebookFile.Read(folder.File("out.ipynb"));
        Assert.Equal("<div class=\"dni-plaintext\"><pre>1</pre></div>", OutputText(written, 0));
        Assert.Equal("started\nThe cell took longer than its limit of 5 s and was stopped.", OutputText(written, 1));
        Assert.Empty(written.Cells[2].Outputs);
    }

    [Fact]
    public async Task Cancelling_leaves_a_whole_file_with_what_was_put_out_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var observer = new RecordingObserver { OnOutput = (_, _) => cancel.Cancel() };
        var result = await NotebookRunner.RunAsync(
            Options(Notebook(BusyLoop)) with { InterruptGrace = TimeSpan.FromSeconds(2) }, observer, cancel.Token);
        Assert.Equal((RunStatus.Cancelled, 130, false), (result.Status, result.ExitCode, result.LeftBehind));
        var error = NotebookFile.Read(folder.File("out.ipynb")).Cells[0].Outputs[^1]!;
        Assert.Equal(("Interrupted", "The run was cancelled in this cell."), ((string)error["ename"]!, (string)error["evalue"]!));
    }

    [Fact]
    public async Task A_cell_that_listens_stops_by_itself()
    {
        const string Listening =
            "using Microsoft.DotNet.Interactive;\nawait Task.Delay(-1, KernelInvocationContext.Current.CancellationToken);";
        var options = Options(Notebook(Listening)) with
        {
            TimeLimit = TimeSpan.FromSeconds(2),
            InterruptGrace = TimeSpan.FromMinutes(1),
        };
        var result = await NotebookRunner.RunAsync(options, new RunObserver());
        Assert.Equal((RunStatus.TimedOut, false), (result.Status, result.LeftBehind));
        Assert.Equal("The run took longer than its limit of 2 s and was stopped in this cell.", result.Error!.Message);
    }

    [Fact]
    public async Task The_file_is_saved_before_after_and_while_a_cell_runs()
    {
        var seen = new List<string>();
        var output = folder.File("out.ipynb");
        var observer = new RecordingObserver
        {
            OnOutput = (_, _) => seen.Add(
                File.ReadAllText(output).Contains("\"running\"", StringComparison.Ordinal) ? "running" : "not running"),
        };
        await NotebookRunner.RunAsync(
            Options(
                Notebook(
                    "Console.WriteLine(\"one\");\nvar saved = false;\nfor (var i = 0; i < 200 && !saved; i++) { await "
                        + "Task.Delay(50); saved = System.IO.File.ReadAllText(\"out.ipynb\").Contains(\"one\\\\n\"); "
                        + "}\nConsole.Write(saved);")) with
            { AutosaveInterval = TimeSpan.FromMilliseconds(200) },
            observer);
        Assert.Equal(["running", "running"], seen);
        Assert.Equal("one\nTrue", OutputText(NotebookFile.Read(output), 0));
        Assert.DoesNotContain("running", File.ReadAllText(output), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".*"));
    }

    [Fact]
    public async Task A_save_that_fails_while_cells_run_is_a_notice_and_not_the_end()
    {
        var observer = new RecordingObserver();
        var options = Options(
            Notebook(
                "System.IO.File.Delete(\"out.ipynb\");\nSystem.IO.Directory.CreateDirectory(\"out.ipynb/held\");",
                "System.IO.Directory.Delete(\"out.ipynb\", true);\n2"));
        var result = await NotebookRunner.RunAsync(options, observer);
        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal(
            2,
            observer.Lines.Count(
                line => line.StartsWith("notice The notebook " + options.OutputPath + " cannot be written: ", StringComparison.Ordinal)));
        Assert.Equal("<div class=\"dni-plaintext\"><pre>2</pre></div>", OutputText(NotebookFile.Read(options.OutputPath), 1));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_ends_the_run_before_its_first_cell()
    {
        var observer = new RecordingObserver();
        var options = Options(Notebook("1")) with { OutputPath = folder.Write("file", "") + "/out.ipynb" };
        var error = await Assert.ThrowsAsync<NotebookWriteException>(() => NotebookRunner.RunAsync(options, observer));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Empty(observer.Lines);
    }

    [Fact]
    public async Task An_observer_that_throws_does_not_end_the_run()
    {
        var options = Options(Notebook("1", "2"));
        var observer = new RecordingObserver { OnOutput = (_, _) => throw new FormatException("bad markup") };
        Assert.Equal("bad markup", (await Assert.ThrowsAsync<FormatException>(() => NotebookRunner.RunAsync(options, observer))).Message);
        Assert.Equal("<div class=\"dni-plaintext\"><pre>2</pre></div>", OutputText(NotebookFile.Read(options.OutputPath), 1));
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_refused()
    {
        var options = Options(Notebook("1"));
        foreach (var wrong in new[]
        {
            options with { TimeLimit = TimeSpan.Zero }, options with
            {
                CellTimeLimit = TimeSpan.FromSeconds(-1),
            }, options with { OutputPath = " " },
            options with { AutosaveInterval = TimeSpan.Zero }, options with
            {
                Charts = new ChartPictureOptions { Width = 0 },
            }, options with { InterruptGrace = TimeSpan.FromSeconds(-1) },
        })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => NotebookRunner.RunAsync(wrong, new RunObserver()));
        }

        Assert.False(File.Exists(options.OutputPath));
    }

    [Fact]
    public async Task Progress_reaches_the_observer_and_not_the_file()
    {
        const string Reporting = """
            sealed class TypeFormatterSourceAttribute : Attribute { public Type FormatterSourceType => typeof(Source); }
            sealed class Progress
            {
                public string MimeType => "application/vnd.covidnotebooks.progress+json";
                public bool Format(object v, System.IO.TextWriter w)
                {
                    w.Write("{\"value\":" + ((Step)v).N + ",\"total\":4,\"text\":\"epoch\"}");
                    return true;
                }
            }
            sealed class Html
            {
                public string MimeType => "text/html";
                public bool Format(object v, System.IO.TextWriter w) { w.Write("step " + ((Step)v).N); return true; }
            }
            sealed class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new Progress(), new Html() }; }
            [TypeFormatterSource] sealed class Step { public int N; }
            var shown = display(new Step { N = 1 });
            await Task.Delay(100);
            shown.Update(new Step { N = 2 });
            """;
        var observer = new RecordingObserver();
        var result = await NotebookRunner.RunAsync(Options(Notebook(Reporting)), observer);
        Assert.Equal(
            ["progress 1/4 epoch", "progress 2/4 epoch"], observer.Lines.Where(l => l.StartsWith("progress", StringComparison.Ordinal)));
        Assert.Equal("step 2", OutputText(result.Notebook, 0));
        Assert.DoesNotContain("progress+json\":", File.ReadAllText(folder.File("out.ipynb")), StringComparison.Ordinal);
    }

    private const string ParametersCell = """
        // tags: parameters
        #nullable enable
        int epochs = 20;
        long count = 1;
        double rate = 1e-3, inferredNot = 2;
        var inferred = 0.5;
        bool shuffle = false;
        string name = "a";
        string? data = null;
        int? maybe = null;
        int[] sizes = { 1 };
        string[] names = new[] { "x" };
        var factors = new[] { 1.0, 2.0 };
        TimeSpan span = TimeSpan.Zero;
        """;
}
