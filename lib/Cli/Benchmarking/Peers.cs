using System.ComponentModel;
using System.Diagnostics;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>The Python that runs the peers' scripts.</summary>
internal static class Peers
{
    /// <summary>Program and arguments, which blanks separate.</summary>
    /// <exception cref="BenchmarkException">There is no word in it.</exception>
    public static IReadOnlyList<string> Split(string command) =>
        command.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words
            ? words
            : throw new BenchmarkException(
                "--peer is empty; expected a Python that has PyTorch and torchvision, for example python3, or none.");

    /// <summary><c>python3</c> where it has PyTorch and torchvision, else null.</summary>
    public static IReadOnlyList<string>? Find()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("python3", ["-c", "import torch, torchvision"])
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? ["python3"] : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
