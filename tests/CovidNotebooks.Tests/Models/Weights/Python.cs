using System.Diagnostics;

namespace Tests.Models.Weights;

/// <summary>The system's Python as another implementation to compare with; nothing of the kit needs it.</summary>
internal static class Python
{
    // The system's own, which Debian's python3-torch and python3-h5py belong to; another one may stand before it in PATH.
    private const string Program = "/usr/bin/python3";

    public static void SkipWithout(string module)
    {
        var found = false;
        try
        {
            Run($"import {module}");
            found = true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It is said below why the test is skipped.
        }

        Skip.IfNot(found, $"{Program} has no module {module}; Debian's package python3-{module} has it");
    }

    public static string Run(string program)
    {
        using var python = Process.Start(
            new ProcessStartInfo(Program, ["-c", program])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        var errors = python.StandardError.ReadToEndAsync();
        var said = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return python.ExitCode == 0 ? said : throw new InvalidOperationException(errors.GetAwaiter().GetResult());
    }
}
