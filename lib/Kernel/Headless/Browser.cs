using System.Diagnostics;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>A Chromium-like browser on this machine, run without a window.</summary>
internal static class Browser
{
    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "msedge",
    ];

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--no-proxy-server",
    ];

    /// <summary>The browser's file; null when none is installed.</summary>
    public static string? Find(string? named)
    {
        if (named is not null)
        {
            return File.Exists(named) ? named : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + suffix)))
            .Append("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
            .Append(
                Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Opens a page, waits for <paramref name="done"/>, and ends the browser.</summary>
    /// <returns>Null when done; else the last lines that a browser which ended too early wrote.</returns>
    public static async Task<string?> VisitAsync(string browser, string url, Task done, CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("kernel-browser-");
        try
        {
            using var process = new Process
            {
                StartInfo = new ProcessStartInfo(browser, [.. Flags, "--user-data-dir=" + profile.FullName, url])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    RedirectStandardInput = true,
                    UseShellExecute = false,
                },
            };
            process.Start();
            process.StandardInput.Close();
            var written = Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(CancellationToken.None),
                process.StandardError.ReadToEndAsync(CancellationToken.None));
            try
            {
                var ended = process.WaitForExitAsync(cancellationToken);
                if (await Task.WhenAny(done, ended).WaitAsync(cancellationToken).ConfigureAwait(false) == done)
                {
                    return null;
                }

                var lines = string.Concat(await written.ConfigureAwait(false))
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return lines.LastOrDefault() ?? "it wrote nothing";
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await DeleteAsync(profile).ConfigureAwait(false);
        }
    }

    // A child of the browser may still be writing its profile when the browser itself has gone.
    private static async Task DeleteAsync(DirectoryInfo profile)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                profile.Delete(recursive: true);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(100).ConfigureAwait(false);
            }
        }
    }
}
