using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Compiles one piece of code after another; each sees the declarations of those before it.</summary>
internal sealed class SubmissionCompiler
{
    private static readonly ImmutableArray<string> Imports =
    [
        "System",
        "System.Text",
        "System.Collections",
        "System.Collections.Generic",
        "System.Threading.Tasks",
        "System.Linq",
        "Microsoft.DotNet.Interactive.Kernel",
    ];

    private static readonly ImmutableDictionary<string, ReportDiagnostic> Silenced = new[] { "CS1701", "CS1702", "CS1705" }
        .ToImmutableDictionary(id => id, _ => ReportDiagnostic.Suppress, StringComparer.Ordinal);

    // Compilations share the symbols of what they reference. Two that bind at once (the warm-up and the first cell, a question and a cell)
    // would each
    // make their own, and a later cell could meet both: every name of the library would be there twice.
    private static readonly Lock Binding = new();

    private readonly NotebookLoadContext loadContext = new();
    private readonly ReferenceResolver references;
    private readonly CSharpCompilationOptions options;
    private readonly SessionOptions session;
    private readonly PackageRestore packages;
    private CSharpCompilation? previous;
    private int count;

    public SubmissionCompiler(SessionOptions session)
    {
        this.session = session;
        packages = new PackageRestore(session);
        references = new ReferenceResolver(session.WorkingDirectory, loadContext);
        options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: Imports,
            optimizationLevel: OptimizationLevel.Debug,
            allowUnsafe: true,
            concurrentBuild: false,
            specificDiagnosticOptions: Silenced,
            sourceReferenceResolver: new SourceResolver(session.WorkingDirectory),
            metadataReferenceResolver: references,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);
    }

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    public NotebookLoadContext LoadContext => loadContext;

    /// <summary>Adds a source of packages.</summary>
    public void AddPackageSource(string directive) => packages.AddSource(directive);

    /// <summary>
    /// A piece of code as it would be compiled next, for questions about it; it need not be whole. Nothing is run, and nothing is kept.
    /// </summary>
    public SemanticModel Analyse(string code)
    {
        var tree = Parse(code, "");
        foreach (var directive in NuGetDirectives(tree))
        {
            code = Blank(code, directive.Span);
        }

        tree = Parse(code, "");
        return Compilation(tree, count + 1, []).GetSemanticModel(tree);
    }

    /// <summary>Compiles and loads a piece of code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="path">Its file, or a name such as <c>cell 3</c>: what errors and stack frames call it.</param>
    /// <param name="cancellationToken">Ends a restore of packages.</param>
    /// <exception cref="CellFailedException">The code does not compile, or a package cannot be restored.</exception>
    public Submission Compile(string code, string path, CancellationToken cancellationToken = default)
    {
        var written = Parse(code, path);
        var restored = new List<MetadataReference>();
        foreach (var directive in NuGetDirectives(written))
        {
            restored.AddRange(
                references.Add(
                    packages.Restore(
                        directive.File.ValueText, directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1, cancellationToken)));
            code = Blank(code, directive.Span);
        }

        written = restored.Count > 0 ? Parse(code, path) : written;
        var number = ++count;
        var hasErrors = written.GetDiagnostics(cancellationToken).Any(d => d.Severity == DiagnosticSeverity.Error);
        var tree = hasErrors ? written : Parse(CellInterruption.WithChecks(written), path);
        var compilation = Compilation(tree, number, restored);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(
            assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var diagnostics = emitted.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        if (diagnostics.Count > 0 && tree != written)
        {
            // The places of the text that the person wrote; were it to compile where ours does not, what was found is better than nothing.
            var found = Compilation(written, number, restored).GetDiagnostics(cancellationToken)
                .Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
            diagnostics = found.Count > 0 ? found : diagnostics;
        }

        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new CellFailedException(Describe(errors, path));
        }

        var warnings = diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Warning)
            .OrderBy(d => d.Location.SourceSpan.Start)
            .Select(d => Describe(d, path))
            .ToList();
        previous = compilation;
        if (!emitted.Success || compilation.GetEntryPoint(CancellationToken.None) is not { } entry)
        {
            return new Submission(null, new Lazy<bool>(false), warnings);
        }

        assembly.Position = 0;
        symbols.Position = 0;
        var type = loadContext.LoadCell(assembly, symbols).GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        var factory = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return new Submission(
            factory.CreateDelegate<Func<object?[], Task<object?>>>(), new Lazy<bool>(() => EndsInValue(compilation, tree)), warnings);
    }

    private static bool EndsInValue(CSharpCompilation compilation, SyntaxTree tree) =>
        ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement,
        }
        && compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type is { SpecialType: not SpecialType.System_Void };

    private static SyntaxTree Parse(string code, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path);

    private static string Blank(string code, TextSpan span) =>
        code[..span.Start] + "//" + new string(' ', Math.Max(0, span.Length - 2)) + code[span.End..];

    private static List<ReferenceDirectiveTriviaSyntax> NuGetDirectives(SyntaxTree tree) =>
        [
            .. ((CompilationUnitSyntax)tree.GetRoot()).GetReferenceDirectives()
            .Where(d => d.File.ValueText.TrimStart().StartsWith("nuget", StringComparison.OrdinalIgnoreCase)),
        ];

    private CSharpCompilation Compilation(SyntaxTree tree, int number, IEnumerable<MetadataReference> packages)
    {
        var compilation = CSharpCompilation.CreateScriptCompilation(
            "notebook-cell-" + number.ToString(CultureInfo.InvariantCulture),
            tree,
            previous is null ? FrameworkAssemblies.References.Concat(packages) : packages,
            options.WithScriptClassName("Submission#" + number.ToString(CultureInfo.InvariantCulture)),
            previous,
            typeof(object));
        lock (Binding)
        {
            // Asking for the assembly binds the references.
            _ = compilation.Assembly;
        }

        return compilation;
    }

    private CellError Describe(List<Diagnostic> errors, string path)
    {
        var lines = errors.OrderBy(d => d.Location.SourceSpan.Start).Select(d => Describe(d, path)).Distinct(StringComparer.Ordinal)
            .ToList();
        var first = errors.MinBy(d => d.Location.SourceSpan.Start)!;
        int? line = first.Location.IsInSource ? first.Location.GetLineSpan().StartLinePosition.Line + 1 : null;
        return new CellError("CompilationError", string.Join('\n', lines), lines, line);
    }

    private string Describe(Diagnostic diagnostic, string path)
    {
        var span = diagnostic.Location.GetLineSpan();
        var file = span.Path is { Length: > 0 } && span.Path != path ? Path.GetFileName(span.Path)
            : Path.IsPathRooted(path) ? Path.GetFileName(path)
            : "";
        var place = diagnostic.Location.IsInSource
            ? string.Create(
                CultureInfo.InvariantCulture, $"{file}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})")
            : file;
        var severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return $"{place}: {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}{Hint(diagnostic)}";
    }

    private string Hint(Diagnostic diagnostic)
    {
        var text = diagnostic.Location.IsInSource ? diagnostic.Location.SourceTree.GetText().ToString(diagnostic.Location.SourceSpan) : "";
        switch (diagnostic.Id)
        {
            case "CS0006":
                return references.NotFound.FirstOrDefault(pair =>
                    diagnostic.GetMessage(CultureInfo.InvariantCulture)
                        .Contains(pair.Key, StringComparison.Ordinal)) is { Value: { } looked }
                    ? $". Looked for {looked}. {session.MissingReferenceHint}"
                    : "";
            case "CS0246" or "CS0234" or "CS0103":
                var beside = loadContext.Folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, text + ".dll")));
                return beside is null
                    ? ""
                    :
                        $" {text}.dll is beside a library that is referenced already: add #r "
                        + $"\"{Path.GetRelativePath(session.WorkingDirectory, Path.Combine(beside, text + ".dll")).Replace('\\', '/')}\".";
            default:
                return "";
        }
    }
}

/// <summary>A compiled piece of code.</summary>
/// <param name="Factory">Runs it, given the states of all pieces; null when there is nothing to run.</param>
/// <param name="EndsInValue">
/// Whether its last statement is an expression without a semicolon, and has a value; asked only of a piece whose result is null, because it
/// binds the code anew.
/// </param>
/// <param name="Warnings">What the compiler warned of.</param>
internal sealed record Submission(Func<object?[], Task<object?>>? Factory, Lazy<bool> EndsInValue, IReadOnlyList<string> Warnings);
