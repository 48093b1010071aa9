using System.Globalization;
using System.Reflection;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Formatting;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Runs the parts of a cell: C# through the compiler, magic commands itself. Works on the cell's thread.</summary>
internal sealed class CellInterpreter(CSharpSession session, SessionOptions options)
{
    private readonly SubmissionCompiler compiler = new(options);
    private readonly List<string> importing = [];
    private object?[] states = new object?[16];
    private int submissions;

    public NotebookLoadContext LoadContext => compiler.LoadContext;

    /// <summary>A piece of code as it would be compiled next, for questions about it.</summary>
    public Microsoft.CodeAnalysis.SemanticModel Analyse(string code) => compiler.Analyse(code);

    public IReadOnlyList<SessionVariable> Variables
    {
        get
        {
            var variables = new Dictionary<string, SessionVariable>(StringComparer.Ordinal);
            foreach (var state in states.Where(state => state is not null))
            {
                foreach (var declared in state!.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public)
                    .Where(f => !f.Name.StartsWith('<')))
                {
                    variables[declared.Name] = new SessionVariable(declared.Name, declared.FieldType, declared.GetValue(state));
                }
            }

            return [.. variables.Values.OrderBy(v => v.Name, StringComparer.Ordinal)];
        }
    }

    public void Run(string code, string kernelName, string label)
    {
        var first = CellSplitter.KindOf(kernelName)
            ?? throw Failed(
                "UnknownKernel",
                $"The cell is written for the kernel '{kernelName}', and this kernel runs C# (and shows markdown, html and javascript).",
                1);
        var segments = CellSplitter.Split(code, first);
        var started = options.Clock.GetTimestamp();
        foreach (var segment in segments)
        {
            Run(segment, label);
        }

        if (segments.Any(s => s.Kind == SegmentKind.Time))
        {
            session.DisplayAs(
                string.Create(CultureInfo.InvariantCulture, $"Wall time: {options.Clock.GetElapsedTime(started).TotalMilliseconds}ms"),
                ["text/plain"]);
        }
    }

    private static CellFailedException Failed(string name, string message, int line) => new(new CellError(name, message, [message], line));

    private void Run(CellSegment segment, string label)
    {
        switch (segment.Kind)
        {
            case SegmentKind.CSharp:
                RunCSharp(segment.Text, label);
                break;
            case SegmentKind.Markdown:
                session.DisplayAs(segment.Text, ["text/markdown"]);
                break;
            case SegmentKind.Html:
                session.DisplayAs(segment.Text, ["text/html"]);
                break;
            case SegmentKind.Javascript:
                session.DisplayAs($"<script type=\"text/javascript\">{segment.Text}</script>", ["text/html"]);
                break;
            case SegmentKind.Import:
                Import(segment, label);
                break;
            case SegmentKind.Who:
                session.Display(new HtmlString(HtmlDefaults.Table(Variables.Select(v => new { variable = v.Name }))), ["text/html"]);
                break;
            case SegmentKind.Whos:
                var rows = Variables.Select(v => new
                {
                    variable = v.Name,
                    type = Scalars.TypeName(v.Type),
                    value = v.Value is null ? Microsoft.DotNet.Interactive.Formatting.Formatter.NullString
                        : HtmlDefaults.Summary(v.Value),
                });
                session.Display(new HtmlString(HtmlDefaults.Table(rows)), ["text/html"]);
                break;
            case SegmentKind.ListMagic:
                session.Display(
                    new HtmlString(HtmlDefaults.Table(CellSplitter.Magics.Select(m => new { command = m.Key, use = m.Value.Help }))),
                    ["text/html"]);
                break;
            case SegmentKind.About:
                session.DisplayAs(
                    $"CovidNotebooks kernel {typeof(CSharpSession).Assembly.GetName().Version?.ToString(3)}: C# notebooks on .NET "
                        + $"{Environment.Version}",
                    ["text/plain"]);
                break;
            case SegmentKind.NuGet:
                compiler.AddPackageSource(segment.Text.Split('"').ElementAtOrDefault(1) ?? segment.Text);
                break;
            case SegmentKind.Unknown:
                var command = segment.Text.Split([' ', '\t'])[0];
                throw Failed(
                    "CompilationError",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"({segment.Line},1): error DNI101: Unknown magic command '{command}'. "
                            + $"#!lsmagic shows those that this kernel knows."),
                    segment.Line);
            default:
                break;
        }
    }

    private void RunCSharp(string code, string path)
    {
        var submission = compiler.Compile(code, path, KernelInvocationContext.Current?.CancellationToken ?? CancellationToken.None);
        foreach (var warning in submission.Warnings)
        {
            session.WriteStream(CellStream.Error, warning + "\n");
        }

        if (submission.Factory is null)
        {
            return;
        }

        submissions++;
        if (submissions + 1 >= states.Length)
        {
            Array.Resize(ref states, 2 * states.Length);
        }

        var result = submission.Factory(states).GetAwaiter().GetResult();
        if ((result is not null || submission.EndsInValue.Value) && result is not DisplayedValue)
        {
            session.Return(result);
        }
    }

    private void Import(CellSegment segment, string label)
    {
        var named = segment.Text.Trim('"');
        var path = SourcePaths.Resolve(named, null, options.WorkingDirectory);
        if (named.Length == 0 || !File.Exists(path))
        {
            throw Failed(
                "ImportError",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"({segment.Line},1): error: #!import found no file '{named}'. "
                        + $"Looked for {path}; relative paths start at the notebook's folder."),
                segment.Line);
        }

        if (importing.Contains(path))
        {
            var chain = string.Join(" → ", importing.Append(path).Select(Path.GetFileName));
            throw Failed(
                "ImportError",
                string.Create(CultureInfo.InvariantCulture, $"({segment.Line},1): error: {named} imports itself ({chain})."),
                segment.Line);
        }

        importing.Add(path);
        try
        {
            RunFile(path, named);
        }
        catch (NotebookException exception)
        {
            throw Failed(
                "ImportError",
                string.Create(CultureInfo.InvariantCulture, $"({segment.Line},1): error: {exception.Message}"),
                segment.Line);
        }
        catch (CellFailedException failure)
        {
            var message =
                $"#!import {named} (line {segment.Line.ToString(CultureInfo.InvariantCulture)} of {label}) "
                + $"failed:\n{failure.Error.Message}";
            throw new CellFailedException(
                failure.Error with
                {
                    Message = message,
                    Traceback = [$"#!import {named} failed:", .. failure.Error.Traceback],
                    Line = segment.Line,
                });
        }
        finally
        {
            importing.Remove(path);
        }
    }

    private void RunFile(string path, string named)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".ipynb" or ".dib"))
        {
            RunCSharp(File.ReadAllText(path), path);
            return;
        }

        var notebook = NotebookFile.Read(path);
        foreach (var (cell, number) in notebook.Cells.Select((cell, i) => (cell, i + 1)))
        {
            if (cell.Kind == CellKind.Markdown)
            {
                session.DisplayAs(cell.Source, ["text/markdown"]);
            }
            else if (cell.Kind == CellKind.Code && !cell.Tags.Contains("skip-execution"))
            {
                Run(cell.Source, cell.KernelName, string.Create(CultureInfo.InvariantCulture, $"{named} cell {number}"));
            }
        }
    }
}
