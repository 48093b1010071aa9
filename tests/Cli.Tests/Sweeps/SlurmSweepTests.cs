using System.Diagnostics;
using CovidNotebooks.Runs;

namespace Tests.Cli.Sweeps;

/// <summary><c>kit sweep --slurm</c> against Slurm itself.</summary>
public sealed class SlurmSweepTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slurm-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [SlurmFact]
    public async Task Items_run_as_an_array_job_and_what_failed_is_submitted_again()
    {
        using var slurm = new SlurmCluster(folder.CreateSubdirectory("slurm").FullName);
        var ready = Path.Combine(folder.FullName, "ready");
        var notebook = TinyNotebook.Write(
            Path.Combine(folder.FullName, "tiny.ipynb"),
            $"if (seed == 2 && !System.IO.File.Exists(\"{ready}\")) throw new Exception(\"not yet\");");
        string[] call = ["sweep", notebook, "--over", "head=small,large", "--seeds", "2", "--slurm", "--parallel", "1"];

        var (exitCode, text) = await Kit(slurm, call);
        Assert.True(exitCode == 0, text);
        Assert.Matches(@"Job \d+: 4 items", text);
        var again = await Kit(slurm, call);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("is queued or running", again.Text, StringComparison.Ordinal);
        var sweep = Assert.Single(Directory.GetDirectories(Path.Combine(folder.FullName, "runs", "sweeps")));
        Assert.Contains("Queued or running in Slurm", (await Kit(slurm, "sweep", sweep, "--status")).Text, StringComparison.Ordinal);
        await Ended(slurm);

        (_, text) = await Kit(slurm, "sweep", sweep, "--status");
        Assert.Contains("4 items: 2 finished, 2 failed.", text, StringComparison.Ordinal);
        Assert.Contains("No job of the sweep is queued or running.", text, StringComparison.Ordinal);
        File.WriteAllText(ready, "");
        (exitCode, text) = await Kit(slurm, call);
        Assert.True(exitCode == 0, text);
        Assert.Matches(@"Job \d+: 2 items", text);
        await Ended(slurm);
        (exitCode, text) = await Kit(slurm, call);
        Assert.Equal(0, exitCode);
        Assert.Contains("There is nothing to submit.", text, StringComparison.Ordinal);
        Assert.Contains("4 items: 4 finished.", text, StringComparison.Ordinal);
        Assert.Equal(
            [1, 2, 101, 102],
            new RunStore(Path.Combine(folder.FullName, "runs")).List().Select(run => Math.Floor(run.Results["accuracy"])).Order());
    }

    private static async Task Ended(SlurmCluster slurm)
    {
        for (var i = 0; i < 1800 && slurm.Ask("squeue", "--noheader").Trim().Length > 0; i++)
        {
            await Task.Delay(100);
        }

        Assert.Empty(slurm.Ask("squeue", "--noheader").Trim());
    }

    private async Task<(int ExitCode, string Text)> Kit(SlurmCluster slurm, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(KitConsole.Program.FileName, [.. KitConsole.Program.Arguments, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["COVIDNOTEBOOKS_ROOT"] = folder.FullName, ["SLURM_CONF"] = slurm.Configuration },
        })!;
        var written = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(await written));
    }
}
