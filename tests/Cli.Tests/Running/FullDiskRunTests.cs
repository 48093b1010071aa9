using System.Diagnostics;
using CovidNotebooks.Kernel.Files;
using Tests.Shared;

namespace Tests.Cli.Running;

/// <summary><c>kit run</c> on a disk that is full: a sentence with the cell, exit code 1, no stack of libraries.</summary>
public sealed class FullDiskRunTests : IDisposable
{
    private const string Drawing = "PhantomFolder.Open(\"DISK\", 2, 200, 7);";

    private const string Training = """
        var parts = PhantomFolder.Open("FOLDER", 2, 12, 7, size: 40).Cut(1);
        var store = new RunStore("DISK");
        var loader = new ImageLoader(parts["train"], new LoaderOptions { Width = 40, Height = 40, BatchSize = 8 });
        var full = Experiment.Begin(store, "full", new RunStory("full"), DataAudit.Skipped("made-up images"), parts);
        var options = new TrainerOptions { Epochs = 2, Optimizer = new TorchAdam { LearningRate = 1e-3 }, Seed = 1 };
        full.Fit(new SmallCnn(2, 1), loader, null, options);
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("full-disk-run-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [FullDiskFact]
    public Task Drawing_phantoms() => FailsInCell2(Drawing, line: 1);

    [FullDiskFact]
    public Task Training_at_its_checkpoint() => FailsInCell2(Training, line: 6);

    private async Task FailsInCell2(string cell, int line)
    {
        using var disk = new FullDisk(kilobytes: 256);
        var library = Path.Combine(AppContext.BaseDirectory, "CovidNotebooks.dll");
        var torch = Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll");
        var notebook = NotebookFile.Create();
        notebook.Insert(
            0,
            CellKind.Code,
            $"#r \"{library}\"\n#r \"{torch}\"\n" + string.Concat(new[] { "Audit", "Data", "Models", "Runs", "Training" }
                .Select(space => $"using CovidNotebooks.{space};\n")),
            "a");
        notebook.Insert(
            1,
            CellKind.Code,
            cell.Replace("DISK", disk.Path, StringComparison.Ordinal).Replace("FOLDER", folder.FullName, StringComparison.Ordinal),
            "b");
        var file = Path.Combine(folder.FullName, "n.ipynb");
        notebook.Save(file);

        using var kit = Process.Start(new ProcessStartInfo(KitConsole.Program.FileName, [.. KitConsole.Program.Arguments, "run", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["COVIDNOTEBOOKS_ROOT"] = folder.FullName },
        })!;
        var written = Task.WhenAll(kit.StandardOutput.ReadToEndAsync(), kit.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await kit.WaitForExitAsync(limit.Token);
        var text = string.Concat(await written);

        Assert.Equal(1, kit.ExitCode);
        Assert.Contains("No space left on device", text, StringComparison.Ordinal);
        Assert.Equal([$"   at cell 2, line {line}"], text.Split('\n').Where(each => each.StartsWith("   at ", StringComparison.Ordinal)));
        Assert.Contains("failed in cell 2 of 2", text, StringComparison.Ordinal);
        var saved = NotebookFile.Read(Path.Combine(folder.FullName, "runs", "notebooks", "n.ipynb"));
        var traceback = saved.Cells[1].Outputs[^1]!["traceback"]!;
        Assert.DoesNotContain(traceback.AsArray(), each => ((string?)each)!.Contains("   at CovidNotebooks", StringComparison.Ordinal)
            || ((string?)each)!.Contains("   at System", StringComparison.Ordinal));
    }
}
