using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>Packages of this repository, packed from what the tests were built with, in a folder that NuGet takes as a source.</summary>
internal sealed class LocalPackages : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("local-packages-test-");
    private readonly List<string> packed = [];

    /// <summary>The source.</summary>
    public string Folder => folder.FullName;

    /// <summary>A version that no cache has.</summary>
    public string Version { get; } =
        string.Create(CultureInfo.InvariantCulture, $"0.0.1-test{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");

    /// <summary>The configuration that the tests were built with, as dotnet calls it.</summary>
    public static string Configuration => Output == "debug" ? "Debug" : "Release";

    /// <summary>The command line as it was built with the tests.</summary>
    public static string Kit => Path.Combine(Repository.Root, "artifacts", "bin", "CovidNotebooks.Cli", Output, "kit.dll");

    private static string Output => Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Packs a project of lib/.</summary>
    /// <returns>The package's file.</returns>
    public string Pack(string project)
    {
        var (text, exitCode) = Dotnet(
            Repository.Root, "pack", Path.Combine(Repository.Root, "lib", project), "-c", Configuration, "--no-build",
            $"-p:PackageVersion={Version}", "-o", Folder, "-nologo", "-v", "q");
        Assert.True(exitCode == 0, text);
        Assert.DoesNotContain("missing a readme", text, StringComparison.Ordinal);
        var file = Directory.GetFiles(Folder, $"*.{Version}.nupkg").Single(path => !packed.Contains(path, StringComparer.Ordinal));
        packed.Add(file);
        return file;
    }

    /// <summary>What dotnet says, and its exit code.</summary>
    public static (string Text, int ExitCode) Dotnet(string workingFolder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (text, process.ExitCode);
    }

    /// <summary>The text of a file inside a package.</summary>
    public static string Read(string package, string name)
    {
        using var archive = ZipFile.OpenRead(package);
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>What a package says of itself.</summary>
    public static XElement Metadata(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var name = Assert.Single(archive.Entries, entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName;
        return XElement.Parse(Read(package, name)).Elements().Single();
    }

    /// <summary>Takes the packages out of the folder that NuGet unpacked them into, too.</summary>
    public void Dispose()
    {
        var unpacked = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var name in packed.Select(file => Path.GetFileName(file).Split("." + Version)[0].ToLowerInvariant()))
        {
            if (Path.Combine(unpacked, name, Version) is var copy && Directory.Exists(copy))
            {
                Directory.Delete(copy, recursive: true);
            }
        }

        folder.Delete(recursive: true);
    }
}
