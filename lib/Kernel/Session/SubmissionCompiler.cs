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
    private static readonly ImmutableArray<string> s_imports =
    [
        "System",
        "System.Text",
        "System.Collections",
        "System.Collections.Generic",
        "System.Threading.Tasks",
        "System.Linq",
        "Microsoft.DotNet.Interactive.Kernel",
    ];

    private static readonly ImmutableDictionary<string, ReportDiagnostic> s_silenced = new[] { "CS1701", "CS1702", "CS1705" }
        .ToImmutableDictionary(id => id, _ => ReportDiagnostic.Suppress, StringComparer.Ordinal);

    private readonly NotebookLoadContext _loadContext = new();
    private readonly ReferenceResolver _references;
    private readonly CSharpCompilationOptions _options;
    private readonly SessionOptions _session;
    private CSharpCompilation? _previous;
    private int _count;

    public SubmissionCompiler(SessionOptions session)
    {
        _session = session;
        _references = new ReferenceResolver(session.WorkingDirectory, _loadContext);
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: s_imports,
            optimizationLevel: OptimizationLevel.Debug,
            allowUnsafe: true,
            specificDiagnosticOptions: s_silenced,
            sourceReferenceResolver: new SourceResolver(session.WorkingDirectory),
            metadataReferenceResolver: _references,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);
    }

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    public NotebookLoadContext LoadContext => _loadContext;

    /// <summary>Compiles and loads a piece of code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="path">Its file, or a name such as <c>cell 3</c>: what errors and stack frames call it.</param>
    /// <exception cref="CellFailedException">The code does not compile.</exception>
    public Submission Compile(string code, string path)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path);
        RefuseNuGet(tree);
        var number = ++_count;
        var compilation = CSharpCompilation.CreateScriptCompilation(
            "notebook-cell-" + number.ToString(CultureInfo.InvariantCulture),
            tree,
            _previous is null ? FrameworkAssemblies.References : [],
            _options.WithScriptClassName("Submission#" + number.ToString(CultureInfo.InvariantCulture)),
            _previous,
            typeof(object));
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var errors = emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new CellFailedException(Describe(errors, path));
        }

        var warnings = emitted.Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Warning)
            .OrderBy(d => d.Location.SourceSpan.Start)
            .Select(d => Describe(d, path))
            .ToList();
        _previous = compilation;
        if (!emitted.Success || compilation.GetEntryPoint(CancellationToken.None) is not { } entry)
        {
            return new Submission(null, false, warnings);
        }

        assembly.Position = 0;
        symbols.Position = 0;
        var type = _loadContext.LoadCell(assembly, symbols).GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        var factory = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return new Submission(factory.CreateDelegate<Func<object?[], Task<object?>>>(), EndsInValue(compilation, tree), warnings);
    }

    private static bool EndsInValue(CSharpCompilation compilation, SyntaxTree tree) =>
        ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement }
        && compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type is { SpecialType: not SpecialType.System_Void };

    private static void RefuseNuGet(SyntaxTree tree)
    {
        var directive = ((CompilationUnitSyntax)tree.GetRoot()).GetReferenceDirectives().FirstOrDefault(d => d.File.ValueText.TrimStart().StartsWith("nuget", StringComparison.OrdinalIgnoreCase));
        if (directive is not null)
        {
            throw NuGetRefused(directive.File.ValueText, directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
        }
    }

    /// <summary>The error for a cell that wants packages restored while it runs.</summary>
    public static CellFailedException NuGetRefused(string what, int line)
    {
        var message = $"({line.ToString(CultureInfo.InvariantCulture)},1): error: '{what}' asks for a package to be restored, and this kernel does not restore packages while a notebook runs. "
            + "Add the package to a project, build it, and reference the DLL from the build's folder: #r \"path/to/Library.dll\". Its dependencies are found beside it.";
        return new CellFailedException(new CellError("CompilationError", message, [message], line));
    }

    private CellError Describe(List<Diagnostic> errors, string path)
    {
        var lines = errors.OrderBy(d => d.Location.SourceSpan.Start).Select(d => Describe(d, path)).Distinct(StringComparer.Ordinal).ToList();
        var first = errors.MinBy(d => d.Location.SourceSpan.Start)!;
        int? line = first.Location.IsInSource ? first.Location.GetLineSpan().StartLinePosition.Line + 1 : null;
        return new CellError("CompilationError", string.Join('\n', lines), lines, line);
    }

    private string Describe(Diagnostic diagnostic, string path)
    {
        var span = diagnostic.Location.GetLineSpan();
        var file = span.Path is { Length: > 0 } && span.Path != path ? Path.GetFileName(span.Path) : Path.IsPathRooted(path) ? Path.GetFileName(path) : "";
        var place = diagnostic.Location.IsInSource
            ? string.Create(CultureInfo.InvariantCulture, $"{file}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})")
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
                return _references.NotFound.FirstOrDefault(pair => diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains(pair.Key, StringComparison.Ordinal)) is { Value: { } looked }
                    ? $". Looked for {looked}. {_session.MissingReferenceHint}"
                    : "";
            case "CS0246" or "CS0234" or "CS0103":
                var beside = _loadContext.Folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, text + ".dll")));
                return beside is null ? "" : $" {text}.dll is beside a library that is referenced already: add #r \"{Path.GetRelativePath(_session.WorkingDirectory, Path.Combine(beside, text + ".dll")).Replace('\\', '/')}\".";
            default:
                return "";
        }
    }
}

/// <summary>A compiled piece of code.</summary>
/// <param name="Factory">Runs it, given the states of all pieces; null when there is nothing to run.</param>
/// <param name="EndsInValue">Whether its last statement is an expression without a semicolon, and has a value.</param>
/// <param name="Warnings">What the compiler warned of.</param>
internal sealed record Submission(Func<object?[], Task<object?>>? Factory, bool EndsInValue, IReadOnlyList<string> Warnings);
