using Microsoft.CodeAnalysis;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Finds the files that <c>#load</c> names.</summary>
internal sealed class SourceResolver(string workingDirectory) : SourceReferenceResolver
{
    // What is no full path is the name of a cell, and stays as it is in the debug information.
    public override string? NormalizePath(string path, string? baseFilePath) =>
        Path.IsPathRooted(path) || baseFilePath is not null ? SourcePaths.Resolve(path, baseFilePath, workingDirectory) : path;

    public override string? ResolveReference(string path, string? baseFilePath)
    {
        var resolved = SourcePaths.Resolve(path, baseFilePath, workingDirectory);
        return File.Exists(resolved) ? resolved : null;
    }

    public override Stream OpenRead(string resolvedPath) => File.OpenRead(resolvedPath);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>Paths in directives: relative to the file that holds the directive, or to the working directory when that is a cell.</summary>
internal static class SourcePaths
{
    public static string Resolve(string path, string? baseFilePath, string workingDirectory)
    {
        var folder = baseFilePath is not null && Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath)! : workingDirectory;
        return Path.GetFullPath(Path.Combine(folder, path));
    }
}
