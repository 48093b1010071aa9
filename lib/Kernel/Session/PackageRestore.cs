using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Packages that cells name (<c>#r "nuget: Name, Version"</c>), restored by the .NET SDK and kept for the next session.</summary>
/// <remarks>
/// All packages of a session are restored together, so that one version of each dependency is chosen; what is loaded already stays.
/// </remarks>
internal sealed partial class PackageRestore(SessionOptions options)
{
    private static readonly string Framework = $"net{Environment.Version.Major.ToString(CultureInfo.InvariantCulture)}.0";
    private static readonly string Runtime = (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
    private readonly List<(string Name, string Version)> packages = [];
    private readonly List<string> sources = [];

    /// <summary>Adds a source of packages: <c>#i "nuget: …"</c>.</summary>
    public void AddSource(string directive) => sources.Add(After(directive));

    /// <summary>Restores one more package.</summary>
    /// <param name="directive"><c>nuget: Name, Version</c>; without a version the newest stable one.</param>
    /// <param name="line">The cell's line, for the error.</param>
    /// <param name="cancellationToken">Ends the restore.</param>
    /// <exception cref="CellFailedException">The restore failed, with its own error.</exception>
    public RestoredAssets Restore(string directive, int line, CancellationToken cancellationToken)
    {
        var parts = After(directive).Split(',', StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 }, ..] || parts.Length > 2 || !PackageName().IsMatch(parts[0]))
        {
            throw Failed(
                line,
                $"'{directive}' names no package; expected #r \"nuget: Name, Version\", for example #r \"nuget: "
                    + "MathNet.Numerics, 5.0.0\".");
        }

        var wanted = packages.Where(package => !package.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase))
            .Append((parts[0], parts.Length == 2 ? parts[1] : "*")).ToList();
        var project = Project(wanted);
        var folder = Path.Combine(
            options.PackageCache,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project + options.WorkingDirectory)))[..24]);
        var assets = Read(folder);
        if (assets is null)
        {
            Run(folder, project, line, cancellationToken);
            assets = Read(folder) ?? throw Failed(
                line,
                $"'{directive}' was restored, and its files are not where {folder}/obj/project.assets.json says. "
                    + "Delete that folder and run the cell again.");
        }

        packages.Clear();
        packages.AddRange(wanted);
        return assets;
    }

    private static string After(string directive) => directive[(directive.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

    private static CellFailedException Failed(int line, string message)
    {
        message = string.Create(CultureInfo.InvariantCulture, $"({line},1): error: {message}");
        return new CellFailedException(new CellError("PackageError", message, message.Split('\n'), line));
    }

    private string Project(List<(string Name, string Version)> packages)
    {
        var references = string.Concat(
            packages.Select(package =>
                $"\n    <PackageReference Include=\"{SecurityElement.Escape(package.Name)}\" "
                    + $"Version=\"{SecurityElement.Escape(package.Version)}\" />"));
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework>
                <RuntimeIdentifier>{Runtime}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', sources))}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>{references}
              </ItemGroup>
            </Project>
            """;
    }

    private void Run(string folder, string project, int line, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var files = new[]
        {
            ("packages.csproj", project),
            ("Directory.Build.props", "<Project />"),
            ("Directory.Build.targets", "<Project />"),
            ("Directory.Packages.props", "<Project />"),
        };
        foreach (var (name, text) in files)
        {
            AtomicFile.WriteAllText(Path.Combine(folder, name), text);
        }

        // A build process that stays for the next build would keep the output open, and the cell waiting for its end.
        // NuGet.config files are looked for from the notebook's folder upwards, as if the project were there.
        var start = new ProcessStartInfo(
            DotnetHost.Path,
            [
                "restore",
                Path.Combine(folder, "packages.csproj"),
                "-nologo",
                "-v",
                "quiet",
                "-nodeReuse:false",
                "-p:RestoreRootConfigDirectory=" + options.WorkingDirectory,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
            process.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
            {
                File.Delete(AssetsFile(folder));
                var errors = output.Split('\n').Select(text => RestoreError().Match(text)).Where(found => found.Success)
                    .Select(found => found.Groups["error"].Value.Trim()).Distinct(StringComparer.Ordinal).ToList();
                throw Failed(
                    line, "the packages could not be restored:\n" + (errors.Count > 0 ? string.Join('\n', errors) : output.Trim()));
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw Failed(
                line,
                "packages are restored by the .NET SDK, and 'dotnet' could not be started. "
                    + "Install the SDK, or reference a DLL: #r \"path/to/Library.dll\".");
        }
    }

    private static string AssetsFile(string folder) => Path.Combine(folder, "obj", "project.assets.json");

    /// <summary>What a restore chose; null when there is none, or a file of it is gone.</summary>
    private static RestoredAssets? Read(string folder)
    {
        if (!File.Exists(AssetsFile(folder)))
        {
            return null;
        }

        try
        {
            var json = JsonNode.Parse(File.ReadAllText(AssetsFile(folder)))!;
            var roots = json["packageFolders"]!.AsObject().Select(pair => pair.Key).ToList();
            var target = json["targets"]!.AsObject().First(pair => pair.Key.Contains('/', StringComparison.Ordinal)).Value!.AsObject();
            List<string> managed = [], native = [];
            foreach (var (library, content) in target)
            {
                var path = (string?)json["libraries"]![library]!["path"] ?? "";
                string[] Files(string kind) =>
                [
                    .. (content![kind] as JsonObject ?? []).Select(pair => pair.Key)
                        .Where(file => !file.EndsWith("_._", StringComparison.Ordinal))
                        .Select(file => roots.Select(root => Path.Combine(root, path, file)).First(File.Exists)),
                ];
                managed.AddRange(Files("runtime").Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)));
                native.AddRange(Files("native"));
            }

            return new RestoredAssets(managed, native);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or NullReferenceException or IOException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"error (?<error>(NU|MSB|NETSDK)\d+: [^\[]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RestoreError();

    [GeneratedRegex(@"^[\w.\-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PackageName();
}

/// <summary>The files of restored packages.</summary>
/// <param name="Managed">Assemblies to reference and load.</param>
/// <param name="Native">Native libraries.</param>
internal sealed record RestoredAssets(IReadOnlyList<string> Managed, IReadOnlyList<string> Native);

/// <summary>The program <c>dotnet</c> that runs this process.</summary>
internal static class DotnetHost
{
    public static string Path { get; } = Environment.ProcessPath is { } running
        && System.IO.Path.GetFileNameWithoutExtension(running) == "dotnet"
        ? running
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named : "dotnet";
}
