using System.Reflection;
using System.Runtime.InteropServices;

namespace CovidNotebooks.Runs;

/// <summary>What a run was computed with. Holds no names of machines or people and no paths.</summary>
/// <param name="Library">Version of this library.</param>
/// <param name="Torch">Version of the tensor library, as the caller found it; null where none was used.</param>
/// <param name="Device">For example <c>cpu</c>; null where none was used.</param>
/// <param name="Threads">Threads that the tensor library computes with; null where unknown.</param>
/// <param name="Runtime">For example <c>.NET 10.0.0</c>.</param>
/// <param name="System">The kind of system and processor, for example <c>Linux x64</c>.</param>
public sealed record RunEnvironment(string Library, string? Torch, string? Device, int? Threads, string Runtime, string System)
{
    /// <summary>The environment variable that names the item of a sweep that a process computes.</summary>
    public const string ItemVariable = "COVIDNOTEBOOKS_SWEEP_ITEM";

    /// <summary>The item of a sweep that the run is a part of, <c>sweep/key</c>; null for a run of its own.</summary>
    public string? Item { get; init; }

    /// <summary>This process' environment.</summary>
    /// <param name="torch">Version of the tensor library, if one is used.</param>
    /// <param name="device">For example <c>cpu</c>.</param>
    /// <param name="threads">Threads that the tensor library computes with.</param>
    public static RunEnvironment Capture(string? torch = null, string? device = null, int? threads = null)
    {
        var assembly = typeof(RunEnvironment).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return new RunEnvironment(
            version,
            torch,
            device,
            threads,
            RuntimeInformation.FrameworkDescription,
            $"{SystemKind()} {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}")
        {
            Item = Environment.GetEnvironmentVariable(ItemVariable) is { Length: > 0 } item ? item : null,
        };
    }

    private static string SystemKind() =>
        OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : OperatingSystem.IsLinux() ? "Linux" : "other";
}
