using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Finds what <c>#r</c> names, and the managed dependencies of what it named in the same folder.</summary>
internal sealed class ReferenceResolver(string workingDirectory, NotebookLoadContext loadContext) : MetadataReferenceResolver
{
    // What a referenced library needs itself: its types can be used and written, as in .NET Interactive.
    private static readonly MetadataReferenceProperties Implicit = MetadataReferenceProperties.Assembly.WithAliases(["<implicit>"]);
    private readonly ConcurrentDictionary<string, PortableExecutableReference> references = new(StringComparer.Ordinal);

    /// <summary>Where a reference that was not found was looked for.</summary>
    public ConcurrentDictionary<string, string> NotFound { get; } = new(StringComparer.Ordinal);

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var path = SourcePaths.Resolve(reference, baseFilePath, workingDirectory);
        if (File.Exists(path))
        {
            if (FrameworkAssemblies.TryGetPath(Path.GetFileNameWithoutExtension(path), out var own) && Path.GetFullPath(own) == path)
            {
                return [];
            }

            loadContext.AddReference(path);
            return [(PortableExecutableReference)Reference(path).WithProperties(properties)];
        }

        var simpleName = reference.Split(',')[0].Trim();
        if (FrameworkAssemblies.TryGetPath(simpleName, out var framework)
            || FrameworkAssemblies.TryGetPath(Path.GetFileNameWithoutExtension(simpleName), out framework))
        {
            return [FrameworkAssemblies.References.OfType<PortableExecutableReference>().First(r => r.FilePath == framework)];
        }

        NotFound[reference] = path;
        return [];
    }

    /// <summary>References to the assemblies of restored packages; their files and native libraries are found when a cell runs.</summary>
    public IEnumerable<MetadataReference> Add(RestoredAssets assets)
    {
        foreach (var file in assets.Native)
        {
            loadContext.AddFolder(Path.GetDirectoryName(file)!);
        }

        foreach (var file in assets.Managed.Where(file => !FrameworkAssemblies.TryGetPath(Path.GetFileNameWithoutExtension(file), out _)))
        {
            loadContext.AddReference(file);
            yield return Reference(file);
        }
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var folders = (definition as PortableExecutableReference)?.FilePath is { } file
            ? loadContext.Folders.Prepend(Path.GetDirectoryName(file)!)
            : loadContext.Folders;
        var path = NotebookLoadContext.Probe(folders, referenceIdentity.Name);
        return path is null ? null : (PortableExecutableReference)Reference(path).WithProperties(Implicit);
    }

    // One metadata object a file: a type is the same type whether its library was found as a dependency or named.
    private PortableExecutableReference Reference(string path) =>
        references.GetOrAdd(path, file => MetadataReference.CreateFromFile(file));

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
