using System.Diagnostics;

namespace Tests.Shared;

/// <summary>A small disk in memory that can be filled; only root may mount one.</summary>
internal sealed class FullDisk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("full-disk-test-");

    public FullDisk(int kilobytes) => Mount("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder.FullName);

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Reason { get; } = Try();

    public string Path => folder.FullName;

    public void Dispose()
    {
        Mount("umount", folder.FullName);
        folder.Delete();
    }

    private static void Mount(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
        }
    }

    private static string? Try()
    {
        try
        {
            using var disk = new FullDisk(64);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "needs the right to mount a disk in memory: " + error.Message;
        }
    }
}

/// <summary>A test that fills a disk.</summary>
internal sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute() => Skip = FullDisk.Reason;
}
