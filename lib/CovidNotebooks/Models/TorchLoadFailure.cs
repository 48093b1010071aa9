using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
using System.Text.RegularExpressions;

namespace CovidNotebooks.Models;

/// <summary>
/// Says why libtorch does not load. TorchSharp answers every failure with "doesn't contain a reference to libtorch", also where the library
/// is there and the system's C++ runtime is too old for it. Whoever touches torch first gets this answer instead, as the cause of the
/// TypeInitializationException. Where only <see cref="WeakSymbolVersion.Marker"/> keeps TorchSharp's own file from loading, a copy without
/// it is loaded. A library that is cut off ends the process in the system's loader, without a word: that is looked for before, when this
/// library is first used.
/// </summary>
internal static partial class TorchLoadFailure
{
    private const string Binding = "TorchSharp";
    private const string NativeName = "LibTorchSharp";

    private const string Libtorch = "libtorch-cpu-linux-x64";
    private static readonly string NativeFolder = Path.Combine("runtimes", "linux-x64", "native");
    private static readonly string[] OutputFolders = ["", NativeFolder];
    private static readonly Lock Loading = new();
    private static nint Marked;

    [ModuleInitializer]
    [
        SuppressMessage(
            "Usage",
            "CA2255",
            Justification = "TorchSharp loads its library in a static constructor, before anything else of this library can run."),
    ]
    internal static void Register()
    {
        RequireWhole(Places(typeof(TorchLoadFailure).Assembly));
        AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => Watch(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            Watch(assembly);
        }
    }

    /// <summary>Refuses a native library for Linux that is shorter than its own header says.</summary>
    /// <param name="folders">Where the libraries lie; a folder that is not there has none.</param>
    /// <exception cref="DllNotFoundException">One is cut off: which, by how much, and what to do.</exception>
    internal static void RequireWhole(IEnumerable<string> folders)
    {
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "lib*.so*")))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var begin = new byte[ElfHeader.Needed];
            var least = ElfHeader.LeastLength(begin.AsSpan(0, stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false)));
            if (stream.Length < least)
            {
                throw new DllNotFoundException(ExplainCut(file, stream.Length, least));
            }
        }
    }

    /// <summary>What failed, what was found, what to do.</summary>
    /// <param name="file">The library.</param>
    /// <param name="loaderSays">The system loader's reason.</param>
    /// <param name="newest">The newest GLIBCXX version that the system's C++ runtime has; null where it has none or is not asked.</param>
    internal static string Explain(string file, string loaderSays, string? newest)
    {
        if (MissingLibtorch().IsMatch(loaderSays))
        {
            return $"{file} does not load: no libtorch is beside it. The package CovidNotebooks leaves the choice to the program: "
                + $"reference {Libtorch} {LibtorchVersion} (Linux), TorchSharp-cpu (Windows, macOS) or a package for CUDA. In a clone "
                + "build again with ./kit setup and restart.";
        }

        return Wanted(loaderSays) is { } wanted
            ?
                $"{file} does not load: it asks the C++ runtime for {wanted}, and the newest of this system is "
                + $"{newest ?? "unknown (there is no libstdc++.so.6)"}. "
                +
                    "The kit's build marks that version as not needed, and this copy is not marked: build again with ./kit setup "
                    + "(or: dotnet build lib/CovidNotebooks -c Release) and restart. "
                + "If it still fails, run on a system with GCC 13's runtime or newer, such as Debian 13 or Ubuntu 24.04."
            : $"{file} does not load: {loaderSays.Trim()} The newest GLIBCXX of this system's C++ runtime is {newest ?? "unknown"}. "
                +
                    "Delete the folders artifacts and lib/bin, build again with ./kit setup and restart; where a library is named as "
                    + "missing, install the package that holds it.";
    }

    /// <summary>What to say of a library that is cut off.</summary>
    /// <param name="file">The library.</param>
    /// <param name="length">The bytes that it has.</param>
    /// <param name="least">The bytes that its header asks for.</param>
    internal static string ExplainCut(string file, long length, long least) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file} is cut off: it has {length:N0} bytes, and its header asks for {least:N0} at least. A copy or a download was interrupted, "
            + $"or the disk is full; loading it would end the process without a word. Delete the file, build again with ./kit setup (or: "
            + $"dotnet build lib/CovidNotebooks -c Release) and restart. If it is as short again, so is the package: delete its folder, "
            + $"such as ~/.nuget/packages/libtorch-cpu-linux-x64, before.");

    /// <summary>The newest <c>GLIBCXX_</c> version that a C++ runtime names; null where it names none.</summary>
    internal static string? NewestGlibcxx(string runtime) => GlibcxxVersion().Matches(runtime)
        .Select(match => match.Value).MaxBy(Number);

    private static string LibtorchVersion => typeof(TorchLoadFailure).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(entry => entry.Key == Libtorch).Value!;

    private static string? Wanted(string loaderSays) => GlibcxxVersion().Match(loaderSays) is { Success: true } match ? match.Value : null;

    private static Version Number(string version) => Version.Parse(GlibcxxVersion().Match(version).Groups["number"].Value);

    private static void Watch(Assembly assembly)
    {
        if (assembly.GetName().Name == Binding && AssemblyLoadContext.GetLoadContext(assembly) is { } context)
        {
            context.ResolvingUnmanagedDll += OnNotLoaded;
        }
    }

    private static nint OnNotLoaded(Assembly asking, string name)
    {
        if (name != NativeName || asking.GetName().Name != Binding)
        {
            return 0;
        }

        lock (Loading)
        {
            // May be asked again for another function. Where there is no such file, TorchSharp's own answer is right.
            return Marked != 0 ? Marked : Find(asking) is { } file ? Load(file) : Marked = LoadFromPackages(asking.Location);
        }
    }

    /// <summary>
    /// What a notebook that takes TorchSharp as a package is given on a system with an older C++ runtime; elsewhere TorchSharp itself
    /// gathers the files of its packages.
    /// </summary>
    private static nint LoadFromPackages(string assembly)
    {
        // packages/torchsharp/VERSION/lib/net8.0/TorchSharp.dll
        var version = Path.GetFullPath(Path.Combine(assembly, "..", "..", ".."));
        var file = Path.Combine(version, NativeFolder, "lib" + NativeName + ".so");
        var libtorch = Path.Combine(version, "..", "..", Libtorch, LibtorchVersion, NativeFolder);
        if (!File.Exists(file) || !Directory.Exists(libtorch)
            || NewestOfTheSystem() is not { } newest || Number(newest) >= Number(WeakSymbolVersion.Marker))
        {
            return 0;
        }

        RequireWhole([libtorch]);
        return WeakSymbolVersion.Load(file, libtorch);
    }

    /// <summary>Loads a library, or says why it does not load.</summary>
    /// <exception cref="DllNotFoundException">What <see cref="Explain"/> says.</exception>
    internal static nint Load(string file)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return Wanted(error.Message) == WeakSymbolVersion.Marker
                && (Marked = WeakSymbolVersion.Load(file, Path.GetDirectoryName(file)!)) is not 0 and var copy
                ? copy
                : throw new DllNotFoundException(Explain(file, error.Message, NewestOfTheSystem()), error);
        }
    }

    private static string? Find(Assembly asking)
    {
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        return Places(asking).Select(folder => Path.Combine(folder, prefix + NativeName + suffix)).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Places(Assembly assembly) =>
        new[] { Path.GetDirectoryName(assembly.Location) ?? "", AppContext.BaseDirectory }
            .Where(folder => folder.Length > 0).Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal)
            .SelectMany(folder => OutputFolders.Select(inner => Path.Combine(folder, inner)));

    private static string? NewestOfTheSystem() =>
        SystemRuntime() is { } runtime ? NewestGlibcxx(Encoding.Latin1.GetString(File.ReadAllBytes(runtime))) : null;

    /// <summary>The file of the C++ runtime that this process has loaded, by Linux' own list of mapped files.</summary>
    private static string? SystemRuntime()
    {
        const string Maps = "/proc/self/maps";
        return NativeLibrary.TryLoad("libstdc++.so.6", out _) && File.Exists(Maps)
            ? File.ReadLines(Maps)
                .Select(line => line[(line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? at : line.Length)..])
                .FirstOrDefault(path => Path.GetFileName(path).StartsWith("libstdc++.so", StringComparison.Ordinal))
            : null;
    }

    [GeneratedRegex(@"libtorch(_cpu)?\.so: cannot open", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex MissingLibtorch();

    [GeneratedRegex(@"GLIBCXX_(?<number>\d+(\.\d+)+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex GlibcxxVersion();
}
