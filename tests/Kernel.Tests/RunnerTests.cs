using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;

namespace Tests.Kernel;

public sealed class RunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string OutputText(NotebookFile notebook, int cell) => string.Concat(notebook.Cells[cell].Outputs.Select(o =>
        MultilineText.Read(o!["text"] ?? o["data"]?["text/plain"] ?? o["data"]?["text/html"] ?? o["evalue"])));

    private string Notebook(params string[] cells)
    {
        var notebook = NotebookFile.Create();
        foreach (var source in cells)
        {
            var tags = source.StartsWith("// tags: ", StringComparison.Ordinal) ? source.Split('\n')[0]["// tags: ".Length..].Split(' ') : [];
            var cell = notebook.Insert(notebook.Cells.Count, CellKind.Code, source, $"c{notebook.Cells.Count}");
            if (tags.Length > 0)
            {
                cell.Metadata["tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
            }
        }

        notebook.Save(_folder.File("notebook.ipynb"));
        return _folder.File("notebook.ipynb");
    }

    private HeadlessOptions Options(string notebook) => new() { NotebookPath = notebook, OutputPath = _folder.File("out.ipynb") };

    [Fact]
    public async Task A_run_keeps_the_outputs_and_reports_each_cell()
    {
        var observer = new RecordingObserver();
        var result = await NotebookRunner.RunAsync(Options(Notebook("Console.Write(\"a\\rb\\n\"); 41 + 1", "display(\"shown\");")), observer);
        Assert.Equal((RunStatus.Succeeded, 0), (result.Status, result.ExitCode));
        var written = NotebookFile.Read(_folder.File("out.ipynb"));
        Assert.Equal("b\n<div class=\"dni-plaintext\"><pre>42</pre></div>", OutputText(written, 0));
        Assert.Equal("shown", OutputText(written, 1));
        Assert.Equal(2, written.Cells[1].ExecutionCount);
        Assert.Equal(
            ["start 1/2 Console.Write(\"a\\rb\\n\"); 41 + 1", "output StreamWritten", "output ValueReturned", "end 1 Succeeded", "start 2/2 display(\"shown\");", "output ValueDisplayed", "end 2 Succeeded"],
            observer.Lines);
    }
}
