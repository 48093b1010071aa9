using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;

namespace Tests.Cli.Running;

/// <summary>
/// Notebooks whose process dies under them: what had been printed is in the file, which says what happened, as the terminal does.
/// </summary>
public sealed class ProcessDeathTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("process-death-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("Environment.FailFast(\"gone\");", "SIGABRT")]
    [InlineData("int Endless(int n) => Endless(n + 1) + 1;\nEndless(0)", "SIGABRT")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "SIGKILL")]
    public async Task What_was_printed_is_kept_and_the_cell_is_named(string end, string cause)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Exit codes name no signals there.
        }

        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, "Console.Write(\"first\");", "a");
        notebook.Insert(1, CellKind.Markdown, "## The end", "m");
        notebook.Insert(2, CellKind.Code, "Console.WriteLine(\"before the end\");\nawait Task.Delay(3000);\n" + end, "b");
        notebook.Insert(3, CellKind.Code, "3", "c");
        notebook.Save(Path.Combine(folder.FullName, "n.ipynb"));
        var checkpoints = Directory.CreateDirectory(Path.Combine(folder.FullName, "runs", "checkpoints"));
        var kit = RunKit("run", Path.Combine(folder.FullName, "n.ipynb"));
        File.WriteAllText(Path.Combine(checkpoints.FullName, "x-1.safetensors"), "");
        var (exitCode, text) = await kit;

        Assert.Equal(1, exitCode);
        Assert.Contains(cause, text, StringComparison.Ordinal);
        Assert.Contains("while cell 2 of 3 ran (The end)", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("x-1.safetensors", text, StringComparison.Ordinal);
        var written = NotebookFile.Read(Path.Combine(folder.FullName, "runs", "notebooks", "n.ipynb"));
        Assert.Equal("first", MultilineText.Read(written.Cells[0].Outputs[0]!["text"]));
        var outputs = written.Cells[2].Outputs;
        Assert.Equal("before the end\n", MultilineText.Read(outputs[0]!["text"]));
        Assert.Equal(("error", "ProcessDied"), ((string?)outputs[^1]!["output_type"], (string?)outputs[^1]!["ename"]));
        Assert.Contains(cause, (string?)outputs[^1]!["evalue"], StringComparison.Ordinal);
        Assert.Null(written.Cells[2].Metadata["covidnotebooks"]);
        Assert.Empty(written.Cells[3].Outputs);
    }

    [Fact]
    public async Task A_notebook_ends_with_the_program_that_started_it()
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, "Console.WriteLine(Environment.ProcessId);\nawait Task.Delay(600_000);", "a");
        notebook.Save(Path.Combine(folder.FullName, "n.ipynb"));
        using var kit = Start("run", Path.Combine(folder.FullName, "n.ipynb"));
        var output = Path.Combine(folder.FullName, "runs", "notebooks", "n.ipynb");
        int? id = null;
        for (var i = 0; i < 600 && id is null; i++)
        {
            await Task.Delay(100);
            id = File.Exists(output) && NotebookFile.Read(output).Cells[0].Outputs.FirstOrDefault() is JsonObject shown
                && int.TryParse(MultilineText.Read(shown["text"]), CultureInfo.InvariantCulture, out var printed) ? printed : null;
        }

        Assert.NotNull(id);
        Assert.NotEqual(kit.Id, id);
        using var child = Process.GetProcessById(id.Value);
        kit.Kill();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await child.WaitForExitAsync(limit.Token);
        Assert.Contains("cancelled", (string?)NotebookFile.Read(output).Cells[0].Outputs[^1]!["evalue"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_notice_says_where_to_go_on_or_that_nothing_is_kept()
    {
        var cell = new CellPosition(9, 26, 4, 12, "Training");
        Assert.Equal(
            "The process died (SIGKILL: killed by a person, or by the system when memory ran out) while cell 4 of 12 ran (Training). "
                + "There is no checkpoint of it: the next run starts anew.",
            DeathNotice.Text(137, cell, checkpoint: null));
        Assert.Contains(
            "The last checkpoint is /runs/x.safetensors", DeathNotice.Text(139, cell, "/runs/x.safetensors"), StringComparison.Ordinal);
        Assert.Equal(("signal 3", "exit code 77"), (DeathNotice.Cause(131), DeathNotice.Cause(77)));
        Assert.Null(DeadRun.Mark(Path.Combine(folder.FullName, "none.ipynb"), _ => ""));
    }

    private async Task<(int ExitCode, string Text)> RunKit(params string[] arguments)
    {
        using var process = Start(arguments);
        var written = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, string.Concat(await written));
    }

    private Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(KitConsole.Program.FileName, [.. KitConsole.Program.Arguments, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["COVIDNOTEBOOKS_ROOT"] = folder.FullName,
                ["DOTNET_DbgEnableMiniDump"] = "0",
                ["DOTNET_EnableDiagnostics"] = "0",
            },
        })!;
}
