using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace CovidNotebooks.Kernel.Session;

/// <summary>The assemblies that every cell may use: the .NET runtime's own, and the kernel for the names of the dialect.</summary>
internal static class FrameworkAssemblies
{
    private static readonly Lazy<ImmutableDictionary<string, string>> Paths = new(FindPaths);
    private static readonly Lazy<ImmutableArray<MetadataReference>> Resolved = new(
        () => [.. Paths.Value.Values.Select(Read), MetadataReference.CreateFromFile(typeof(CSharpSession).Assembly.Location)]);

    /// <summary>What cells are compiled against.</summary>
    public static ImmutableArray<MetadataReference> References => Resolved.Value;

    /// <summary>The runtime's file for a simple assembly name.</summary>
    public static bool TryGetPath(string simpleName, out string path) => Paths.Value.TryGetValue(simpleName, out path!);

    /// <summary>Whether the running process must provide the assembly itself, in at least the version that is asked for.</summary>
    public static bool Provides(AssemblyName name)
    {
        if (string.Equals(name.Name, typeof(CSharpSession).Assembly.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return TryGetPath(name.Name ?? "", out var path)
            && (name.Version is null || AssemblyName.GetAssemblyName(path).Version >= name.Version);
    }

    private static ImmutableDictionary<string, string> FindPaths()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Directory.EnumerateFiles(folder, "*.dll")
            .Where(IsManaged)
            .ToImmutableDictionary(path => Path.GetFileNameWithoutExtension(path), path => path, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsManaged(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new PEReader(stream);
        try
        {
            return reader.HasMetadata && reader.GetMetadataReader().IsAssembly;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static PortableExecutableReference Read(string path)
    {
        var module = ModuleMetadata.CreateFromStream(File.OpenRead(path), PEStreamOptions.PrefetchMetadata);
        return AssemblyMetadata.Create(module).GetReference(filePath: path);
    }
}
