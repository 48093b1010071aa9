using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tests.Kernel;

/// <summary>Builds tiny libraries for notebooks to reference.</summary>
internal static class TestLibrary
{
    /// <summary>Compiles a library into a folder.</summary>
    /// <returns>The DLL's path.</returns>
    public static string Build(string folder, string name, string source, params string[] references) =>
        Build(folder, name, source, OutputKind.DynamicallyLinkedLibrary, references);

    /// <summary>Compiles a library into a folder, with its documentation beside it.</summary>
    /// <returns>The DLL's path.</returns>
    public static string BuildDocumented(string folder, string name, string source)
    {
        var path = Build(folder, name, source);
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal));
        using var documentation = File.Create(Path.ChangeExtension(path, ".xml"));
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose))],
            framework.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .Emit(Stream.Null, xmlDocumentationStream: documentation);
        return path;
    }

    /// <summary>Compiles a library or a program into a folder.</summary>
    /// <returns>The DLL's path.</returns>
    public static string Build(string folder, string name, string source, OutputKind kind, string[] references)
    {
        Directory.CreateDirectory(folder);
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var path = Path.Combine(folder, name + ".dll");
        var result = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            framework.Concat(references).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(kind)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }
}
