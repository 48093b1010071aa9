using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CovidNotebooks.Kernel.Session;

/// <summary>
/// Where the cells of one session and the assemblies that they reference are loaded. The process that runs the session may hold
/// another copy of the same library: cells get the one that they reference, its dependencies and native libraries from its folder.
/// </summary>
internal sealed class NotebookLoadContext() : AssemblyLoadContext("notebook")
{
    private readonly ConcurrentDictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Assembly> cells = new(StringComparer.Ordinal);

    /// <summary>The folders of the referenced assemblies, in the order in which they were referenced.</summary>
    public IReadOnlyList<string> Folders => [.. folders.OrderBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => pair.Key)];

    public void AddReference(string path)
    {
        files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        AddFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Adds a folder that native libraries are looked for in.</summary>
    public void AddFolder(string folder) =>
        folders.TryAdd(folder, folders.Count.ToString("D9", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>
    /// A managed dependency in one of some folders: <c>Name.dll</c>, else <c>Name/Name.dll</c>, where a library keeps what another host may
    /// have already.
    /// </summary>
    public static string? Probe(IEnumerable<string> folders, string name) =>
        folders.SelectMany(folder => new[] { Path.Combine(folder, name + ".dll"), Path.Combine(folder, name, name + ".dll") })
            .FirstOrDefault(File.Exists);

    public Assembly LoadCell(Stream assembly, Stream symbols)
    {
        var loaded = LoadFromStream(assembly, symbols);
        cells[loaded.GetName().Name!] = loaded;
        return loaded;
    }

    /// <summary>Whether an assembly is the code of a cell.</summary>
    public bool IsCell(Assembly? assembly) =>
        assembly?.GetName().Name is { } name && cells.TryGetValue(name, out var cell) && ReferenceEquals(cell, assembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name)
        {
            return null;
        }

        if (cells.TryGetValue(name, out var cell))
        {
            return cell;
        }

        if (FrameworkAssemblies.Provides(assemblyName))
        {
            return name == typeof(CSharpSession).Assembly.GetName().Name ? typeof(CSharpSession).Assembly : null;
        }

        var path = files.TryGetValue(name, out var referenced)
            ? referenced
            : Probe(Folders, name);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var folder in Folders)
        {
            foreach (var name in NativeNames(unmanagedDllName))
            {
                // A file that does not load is left to the runtime, which asks the library's own handlers and then says why.
                if (NativeLibrary.TryLoad(Path.Combine(folder, name), out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    private static IEnumerable<string> NativeNames(string name)
    {
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        return [name, name + suffix, prefix + name + suffix, prefix + name];
    }
}
