using System.Diagnostics;
using CovidNotebooks.Kernel.Jupyter.Wire;
using Tests.Shared;

namespace Tests.Kernel.Jupyter;

/// <summary>A kernel as Jupyter starts it: <c>kit jupyter kernel FILE</c>, a supervisor and the process that runs the cells.</summary>
internal sealed class ProcessKernel : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly System.Text.StringBuilder stderr = new();

    public ProcessKernel(int? parent = null)
    {
        var channels = Enum.GetValues<KernelChannel>();
        var first = FreePorts.Take(channels.Length);
        Connection = ConnectionInfo.OnLoopback() with { Ports = channels.Index().ToDictionary(one => one.Item, one => first + one.Index) };
        Connection.Write(File);
        Process = Start(parent);
    }

    /// <summary>The command line's DLL, built beside the tests.</summary>
    public static string Kit =>
        Path.GetFullPath(
            Path.Combine(
                AppContext.BaseDirectory, "..", "..", "CovidNotebooks.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "kit.dll"));

    public ConnectionInfo Connection { get; }

    public Process Process { get; private set; }

    /// <summary>What the ended process wrote to standard error.</summary>
    public string Stderr => stderr.ToString();

    private string File => folder.File("connection.json");

    /// <summary>Starts a kernel on the same ports, as Jupyter does after a crash.</summary>
    public void Restart()
    {
        Process.Dispose();
        Process = Start(parent: null);
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
        }

        Process.Dispose();
        folder.Dispose();
    }

    private Process Start(int? parent)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Kit, "jupyter", "kernel", File])
        { UseShellExecute = false, WorkingDirectory = folder.Path, RedirectStandardError = true };
        start.Environment["JPY_PARENT_PID"] = (parent ?? Environment.ProcessId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["COVIDNOTEBOOKS_ROOT"] = Repository.Root;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => stderr.AppendLine(line.Data);
        process.BeginErrorReadLine();
        return process;
    }
}
