using System.Diagnostics;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Kernel.Jupyter.Installation;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Notebooks;

/// <summary>
/// The notebooks in this kit's Jupyter kernel, run by clients that know nothing of the kit: Debian's nbclient and nbconvert.
/// </summary>
public sealed class JupyterClientTests(ITestOutputHelper output) : IDisposable
{
    private const string NbclientScript = """
        import os, sys, nbformat
        from nbclient import NotebookClient
        notebook = nbformat.read(sys.argv[1], 4)
        try:
            resources = {"metadata": {"path": os.path.dirname(sys.argv[1])}}
            NotebookClient(notebook, timeout=1800, kernel_name=sys.argv[3], resources=resources).execute()
        finally:
            nbformat.write(notebook, sys.argv[2])
        """;

    /// <summary>A ceiling against hanging, far above what a notebook takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("jupyter-client-test-");

    public static TheoryData<string> Notebooks => NotebookRecipe.Committed;

    private static string Kit =>
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory, "..", "..", "CovidNotebooks.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "kit.dll"));

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public async Task Nbclient_runs_a_notebook_on_phantoms(string name)
    {
        SkipWithout("nbclient");
        await RunAsync(Python()!, ["-c", NbclientScript, Prepare(name), Out(name), KernelSpec.InteractiveFolder]);
        Check(name);
    }

    [SkippableFact]
    public async Task Nbconvert_executes_notebook_05()
    {
        const string Name = "05-scratch-cnn-pneumonia.ipynb";
        SkipWithout("nbconvert");
        await RunAsync(
            Python()!,
            [
                "-m",
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--ExecutePreprocessor.timeout=1800",
                "--output",
                Out(Name),
                Prepare(Name),
            ]);
        Check(Name);
    }

    /// <summary>
    /// Chromium at Debian's Jupyter Notebook, with nothing but this machine to reach: notebook 05 is run, its live chart grows, the
    /// training is interrupted, goes on, everything is saved and opened again. Pictures of each step go where COVIDNOTEBOOKS_PICTURES
    /// points.
    /// </summary>
    [SkippableFact]
    public async Task A_browser_watches_a_training_interrupts_it_goes_on_saves_and_reopens()
    {
        const string Name = "05-scratch-cnn-pneumonia.ipynb";
        SkipWithout("notebook");
        SkipWithout("tornado");
        Skip.IfNot(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Any(path => File.Exists(Path.Combine(path, "chromium"))),
            "there is no chromium");
        var pictures = Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_PICTURES") ?? folder.CreateSubdirectory("pictures").FullName;
        Directory.CreateDirectory(pictures);
        var path = Prepare(Name, ("epochs", "12"));

        var script = Path.Combine(Repository.Root, "tests", "Notebooks.Tests", "clients", "browser.py");
        var seen = JsonNode.Parse(await RunAsync(Python()!, [script, path, pictures]))!;
        output.WriteLine(seen.ToJsonString());

        Assert.Equal(0, (int)seen["errors"]!);
        Assert.Contains("interrupted", (string)seen["interrupted"]!, StringComparison.Ordinal);
        Assert.True((double)seen["seconds_to_interrupt"]! < 10, "the interruption took ten times its second");
        var charts = NotebookFile.Read(path).Cells.SelectMany(cell => cell.Outputs)
            .Count(shown => shown?["data"]?["application/vnd.plotly.v1+json"] is JsonObject);
        Assert.True(charts > 0);
        Assert.Equal(charts, (int)seen["saved_charts"]!);
        Assert.Equal((int)seen["charts"]!, (int)seen["charts_reopened"]!);
    }

    private static void SkipWithout(string module)
    {
        Skip.If(LongTests.Reason is not null, LongTests.Reason);
        Skip.If(Python() is null, "there is no python3");
        using var process = Process.Start(
            new ProcessStartInfo(Python()!, ["-c", "import " + module]) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        Skip.If(process.ExitCode != 0, $"python3 has no module {module} (Debian: apt install python3-{module})");
    }

    /// <summary>Debian's own Python, which has Debian's packages, before another on the PATH.</summary>
    private static string? Python() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend("/usr/bin")
            .Select(path => Path.Combine(path, "python3")).FirstOrDefault(File.Exists);

    private string Out(string name) => Path.Combine(folder.FullName, "executed-" + name);

    /// <summary>
    /// The notebook with its phantom parameters after the tagged cell, as papermill puts them, in a folder from which it finds the library.
    /// </summary>
    private string Prepare(string name, params (string Name, string Value)[] more)
    {
        var notebook = NotebookFile.Read(Path.Combine(Repository.Root, "notebooks", name));
        var declared = notebook.Cells.Single(cell => cell.Tags.Contains("parameters")).Source;
        var places = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["data"] = folder.FullName,
            ["runs"] = Path.Combine(folder.FullName, "runs"),
            ["published"] = Path.Combine(Repository.Root, "data", "published-runs"),
        };
        var parameters = new Dictionary<string, string>(
            CommittedNotebook.Read(name).PhantomProfile!.Concat(
                places.Where(place => declared.Contains($"string {place.Key} = ", StringComparison.Ordinal))),
            StringComparer.Ordinal);
        foreach (var (parameter, value) in more)
        {
            parameters[parameter] = value;
        }

        ParameterInjection.Apply(notebook, parameters);
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.Outputs.Clear();
        }

        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "lib"), Path.Combine(Repository.Root, "lib"));
        var path = Path.Combine(folder.CreateSubdirectory("notebooks").FullName, name);
        Directory.CreateSymbolicLink(
            Path.Combine(folder.FullName, "notebooks", "setup"), Path.Combine(Repository.Root, "notebooks", "setup"));
        notebook.Save(path);
        new KernelSpec(
            KernelSpec.InteractiveFolder,
            ".NET (C#)",
            [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Kit, "jupyter", "kernel", "{connection_file}"],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["COVIDNOTEBOOKS_ROOT"] = Repository.Root,
            }).Install(Path.Combine(folder.FullName, "jupyter"));
        return path;
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["JUPYTER_PATH"] = Path.Combine(folder.FullName, "jupyter");
        using var process = Process.Start(start)!;
        try
        {
            // A kernel that outlives its client would hold the pipe open: what is written is waited for no longer than the client.
            var (written, problems) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            var error = await problems.WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.True(process.ExitCode == 0, error[Math.Max(0, error.Length - 4000)..]);
            return await written.WaitAsync(Patience);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private void Check(string name)
    {
        var executed = new CommittedNotebook(Out(name));
        var outputs = executed.Outputs.ToList();
        Assert.DoesNotContain(outputs, output => (string?)output["output_type"] == "error");
        Assert.Contains(
            CommittedNotebook.Read(name).PhantomProfile!.ContainsKey("phantoms") ? "PHANTOMS" : "as published",
            string.Concat(outputs.Select(output => CommittedNotebook.Data(output, "text/plain"))),
            StringComparison.Ordinal);
        Assert.NotEmpty(outputs.Select(output => output["data"]?["application/vnd.plotly.v1+json"]).OfType<JsonObject>());
        Assert.All(executed.CodeCells, cell => Assert.NotNull(cell["execution_count"]));
    }
}
