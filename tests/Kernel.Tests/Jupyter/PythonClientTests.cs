using System.Diagnostics;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Installation;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Kernel.Jupyter;

/// <summary>The points of <c>clients/points.py</c>, asked by Debian's jupyter_client.</summary>
public sealed class PythonClientTests(ITestOutputHelper output)
{
    private static readonly TimeSpan PointPatience = TimeSpan.FromMinutes(5);

    [SkippableFact]
    public async Task Every_point_holds_over_jupyter_client()
    {
        Skip.If(LongTests.Reason is not null, LongTests.Reason);
        const string Python = "/usr/bin/python3";
        Skip.IfNot(File.Exists(Python), "there is no /usr/bin/python3");
        using (
            var probe = Process.Start(
                new ProcessStartInfo(Python, ["-c", "import jupyter_client"]) { RedirectStandardError = true, UseShellExecute = false })!)
        {
            await probe.WaitForExitAsync();
            Skip.If(probe.ExitCode != 0, "python3 has no module jupyter_client (Debian: apt install python3-jupyter-client)");
        }

        using var folder = new TemporaryFolder();
        new KernelSpec(
            KernelSpec.OwnFolder,
            "C# (CovidNotebooks)",
            [
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                ProcessKernel.Kit,
                "jupyter",
                "kernel",
                "{connection_file}",
            ],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["COVIDNOTEBOOKS_ROOT"] = Repository.Root }).Install(folder.Path);
        var start = new ProcessStartInfo(
            Python,
            [
                Path.Combine(AppContext.BaseDirectory, "Jupyter", "clients", "points.py"),
                KernelSpec.OwnFolder,
            ])
        { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder.Path };
        start.Environment["JUPYTER_PATH"] = folder.Path;
        start.Environment["COVIDNOTEBOOKS_ROOT"] = Repository.Root;
        using var process = Process.Start(start)!;
        var points = new List<JsonNode>();
        try
        {
            // Line by line, and each with a limit: a kernel that hangs would hold the pipe open.
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(PointPatience) is { } line)
            {
                output.WriteLine(line);
                points.Add(JsonNode.Parse(line)!);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.Equal(20, points.Count);
        Assert.All(points, point => Assert.True((bool)point["ok"]!, point.ToJsonString()));
    }
}
