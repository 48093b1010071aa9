using System.Diagnostics;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using Microsoft.CodeAnalysis;

namespace Tests.Kernel;

/// <summary>Cells that end the process that runs them, in a process of their own.</summary>
public sealed class ProcessEndTests : IDisposable
{
    private const string Program = """
        using CovidNotebooks.Kernel.Headless;
        var options = new HeadlessOptions { NotebookPath = args[0], OutputPath = args[1] };
        return (await NotebookRunner.RunAsync(options, new RunObserver())).ExitCode;
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string program = TestLibrary.Build(
        AppContext.BaseDirectory, "notebook-host-"
            + Guid.NewGuid().ToString("N"), Program, OutputKind.ConsoleApplication, [typeof(NotebookRunner).Assembly.Location]);

    public void Dispose()
    {
        folder.Dispose();
        File.Delete(program);
    }

    [Theory]
    [InlineData("await Task.Delay(100);\nEnvironment.Exit(0);", "The process was ended while this cell ran: Environment.Exit was called.")]
    [InlineData("Environment.FailFast(\"gone\");", null)]
    [InlineData("int Endless(int n) => Endless(n + 1) + 1;\nEndless(0)", null)]
    public async Task What_was_put_out_before_is_in_a_whole_file_and_the_exit_code_is_not_0(string cell, string? error)
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, "Console.Write(\"first\");", "a");
        notebook.Insert(1, CellKind.Code, cell, "b");
        notebook.Insert(2, CellKind.Code, "3", "c");
        notebook.Save(folder.File("n.ipynb"));
        Assert.NotEqual(0, await ExitCodeAsync(folder.File("n.ipynb"), folder.File("out.ipynb")));
        var written = NotebookFile.Read(folder.File("out.ipynb"));
        Assert.Equal("first", MultilineText.Read(Assert.Single(written.Cells[0].Outputs)!["text"]));
        Assert.Equal(error, (string?)written.Cells[1].Outputs.LastOrDefault()?["evalue"]);
        Assert.Equal(error is null ? "running" : null, (string?)written.Cells[1].Metadata["covidnotebooks"]?["status"]);
        Assert.Empty(written.Cells[2].Outputs);
    }

    private async Task<int> ExitCodeAsync(params string[] arguments)
    {
        var settings = Path.Combine(AppContext.BaseDirectory, "Kernel.Tests");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", "--runtimeconfig", settings + ".runtimeconfig.json", "--depsfile", settings + ".deps.json", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" },
        };
        using var process = Process.Start(start)!;
        var written = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        var text = string.Concat(await written);
        Assert.False(
            text.Contains("NotebookException", StringComparison.Ordinal)
                || text.Contains("FileNotFoundException", StringComparison.Ordinal),
            text);
        return process.ExitCode;
    }
}
