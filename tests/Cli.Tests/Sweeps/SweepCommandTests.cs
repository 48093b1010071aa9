using System.Diagnostics;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Runs;

namespace Tests.Cli.Sweeps;

/// <summary><c>kit sweep</c> on this machine, each item in a process of its own.</summary>
public sealed class SweepCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sweep-test-");

    private string Runs => Path.Combine(folder.FullName, "runs");

    private string SweepFolder => Assert.Single(Directory.GetDirectories(Path.Combine(Runs, "sweeps")));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_item_is_run_once_on_one_store_and_the_same_call_goes_on()
    {
        // The item of rate 0.2 and seed 2 fails until the file is there.
        var ready = Path.Combine(folder.FullName, "ready");
        var notebook = TinyNotebook.Write(
            Path.Combine(folder.FullName, "tiny.ipynb"),
            $"if (rate == .2 && seed == 2 && !System.IO.File.Exists(\"{ready}\")) throw new Exception(\"not yet\");");
        string[] call = ["sweep", notebook, "--over", "rate=0.1,0.2", "--seeds", "2", "--parallel", "2"];
        var (exitCode, text, errors) = await KitConsole.CallAsync(folder.FullName, 200, call);
        Assert.Equal((1, ""), (exitCode, errors));
        Assert.Contains("4 items: 3 finished, 1 failed.", text, StringComparison.Ordinal);
        Assert.Matches(@"rate 0\.2, seed 2: failed: .*not yet", text);
        Assert.Equal(3, new RunStore(Runs).List().Count);
        Assert.All(new RunStore(Runs).List(), run => Assert.StartsWith("tiny-", run.Environment!.Item, StringComparison.Ordinal));

        File.WriteAllText(ready, "");
        (exitCode, text, _) = await KitConsole.CallAsync(folder.FullName, 200, call);
        Assert.Equal(0, exitCode);
        Assert.Contains("4/4 rate 0.2, seed 2: finished", text, StringComparison.Ordinal);
        Assert.Equal(4, new RunStore(Runs).List().Count);

        // Accuracies are rate + seed: of seeds 1 and 2 the means are 1.6 and 1.7.
        Assert.Matches(@"0\.1 +2/2 +1\.60* ± 0\.7071", text);
        Assert.Matches(@"0\.2 +2/2 +1\.70* ± 0\.7071", text);

        (exitCode, text, _) = await KitConsole.CallAsync(folder.FullName, 200, "sweep", SweepFolder, "--status");
        Assert.Equal(0, exitCode);
        Assert.Contains("4 items: 4 finished.", text, StringComparison.Ordinal);
        File.AppendAllText(notebook, "\n");
        Assert.Contains(
            "has changed since", (await KitConsole.CallAsync(folder.FullName, 400, "sweep", SweepFolder)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_is_killed_goes_on_with_what_has_not_finished()
    {
        var notebook = TinyNotebook.Write(
            Path.Combine(folder.FullName, "tiny.ipynb"),
            $"if (seed == 2 && !System.IO.File.Exists(\"{folder.FullName}/go\")) await Task.Delay(600_000);");
        string[] arguments = [.. KitConsole.Program.Arguments, "sweep", notebook, "--seeds", "3"];
        using var kit = Process.Start(new ProcessStartInfo(KitConsole.Program.FileName, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["COVIDNOTEBOOKS_ROOT"] = folder.FullName, ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
        while (await kit.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("1/3", StringComparison.Ordinal))
        {
            // The second item waits.
        }

        for (var i = 0; i < 600 && !(await Status()).Contains("1 running", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100);
        }

        kit.Kill();
        await kit.WaitForExitAsync();
        Assert.Contains("3 items: 1 finished, 1 waiting, 1 dead.", await Status(), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.FullName, "go"), "");
        var (exitCode, text, _) = await KitConsole.CallAsync(folder.FullName, 200, "sweep", notebook, "--seeds", "3");
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("seed 1: finished", text, StringComparison.Ordinal);
        Assert.Contains("3 items: 3 finished.", text, StringComparison.Ordinal);

        async Task<string> Status() => (await KitConsole.CallAsync(folder.FullName, 200, "sweep", SweepFolder, "--status")).Text;
    }

    [Theory]
    [InlineData("There is nothing to sweep over")]
    [InlineData("expected name=a,b,c", "--over", "rate")]
    [InlineData("expected name=a,b,c", "--over", "rate=0.1,,0.2")]
    [InlineData("swept over twice", "--over", "rate=0.1", "--over", "rate=0.2")]
    [InlineData("is there 2 times", "--over", "rate=0.1,0.1")]
    [InlineData("nosuch", "--over", "nosuch=1,2")]
    [InlineData("rate", "--over", "rate=0.1,fast")]
    [InlineData("at least 1", "--seeds", "2", "--parallel", "0")]
    public async Task What_no_item_could_run_with_is_refused_before_the_first(string why, params string[] options)
    {
        var notebook = TinyNotebook.Write(Path.Combine(folder.FullName, "tiny.ipynb"));
        var (exitCode, text, _) = await KitConsole.CallAsync(folder.FullName, 400, ["sweep", notebook, .. options]);
        Assert.Equal(2, exitCode);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Equal(2, (await KitConsole.CallAsync(folder.FullName, 400, "sweep", "no-such.ipynb", "--seeds", "2")).ExitCode);
    }

    [Fact]
    public void The_script_of_an_array_job_names_each_item_once()
    {
        var script = SlurmArray.Script(
            "tiny",
            ["aa", "bb"],
            ["/usr/bin/dotnet", "exec", "/it's/kit.dll", "sweep", "/f", "--item"],
            "/f",
            ["--partition=gpu"],
            parallel: 3);
        Assert.Equal(
            """
            #!/bin/sh
            #SBATCH --job-name=tiny
            #SBATCH --array=0-1%3
            #SBATCH --output=/f/logs/slurm-%A-%a.log
            #SBATCH --partition=gpu
            # The task's number becomes the item's key: a task stays the same item though the sweep has grown meanwhile.
            set -- aa bb
            shift "$SLURM_ARRAY_TASK_ID"
            exec '/usr/bin/dotnet' 'exec' '/it'\''s/kit.dll' 'sweep' '/f' '--item' "$1"

            """,
            script,
            ignoreLineEndingDifferences: true);
        var echoing = script.Replace("exec '/usr/bin/dotnet'", "echo", StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", echoing])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["SLURM_ARRAY_TASK_ID"] = "1" },
        })!;
        Assert.Equal("exec /it's/kit.dll sweep /f --item bb\n", shell.StandardOutput.ReadToEnd());
    }
}
