using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using CovidNotebooks.Kernel.Formatting;

namespace CovidNotebooks.Kernel.Session;

/// <summary>
/// Turns an exception into what the reader of a notebook needs: its message, the frames of their own code, the cell's line.
/// </summary>
internal static class ErrorFormatter
{
    public static CellError Describe(Exception exception, NotebookLoadContext loadContext, string label)
    {
        var traceback = new List<string>();
        int? line = null;
        for (var current = exception; current is not null; current = current.InnerException)
        {
            var title = $"{current.GetType().FullName}: {current.Message}";
            traceback.Add(ReferenceEquals(current, exception) ? title : "caused by " + title);
            var frames = UserFrames(current, loadContext);
            line ??= frames.FirstOrDefault(f => f.GetFileName() == label && f.GetFileLineNumber() > 0)?.GetFileLineNumber();
            traceback.AddRange(frames.Select(frame => Describe(frame, loadContext)));
            if (SaysAll(current))
            {
                break;
            }
        }

        return new CellError(exception.GetType().FullName ?? exception.GetType().Name, exception.Message, traceback, line);
    }

    /// <summary>
    /// The frames from where the exception was thrown down to the cell; nothing of the kernel below it. Where the message says what to do
    /// (files, disks, and what the kit throws on purpose), the cells' own frames only, and nothing of what caused it.
    /// </summary>
    private static List<StackFrame> UserFrames(Exception exception, NotebookLoadContext loadContext)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames().Where(f => !IsMachinery(f.GetMethod())).ToList();
        if (SaysAll(exception))
        {
            return [.. frames.Where(f => loadContext.IsCell(f.GetMethod()?.DeclaringType?.Assembly))];
        }

        var last = frames.FindLastIndex(f => loadContext.IsCell(f.GetMethod()?.DeclaringType?.Assembly));
        return last < 0 ? frames.TakeWhile(f => f.GetMethod()?.DeclaringType?.Assembly != typeof(ErrorFormatter).Assembly).ToList()
            : frames.GetRange(0, last + 1);
    }

    private static bool SaysAll(Exception exception) => exception is IOException or UnauthorizedAccessException
        || exception.GetType().FullName!.StartsWith("CovidNotebooks.", StringComparison.Ordinal);

    private static bool IsMachinery(MethodBase? method) => method?.Name == "<Factory>"
        || method?.DeclaringType?.FullName is { } type
        && (
            type == typeof(CellInterruption).FullName
                || type == typeof(CancellationToken).FullName
                || type.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal)
                || type.StartsWith("System.Runtime.ExceptionServices.", StringComparison.Ordinal));

    private static string Describe(StackFrame frame, NotebookLoadContext loadContext)
    {
        var method = frame.GetMethod();
        var isCell = loadContext.IsCell(method?.DeclaringType?.Assembly);
        var line = frame.GetFileLineNumber();
        var place = line > 0
            ? string.Create(
                CultureInfo.InvariantCulture, $"{(frame.GetFileName() is { } file ? Path.GetFileName(file) : "unknown file")}, line {line}")
            : null;
        var name = method is null ? "unknown code" : Name(method, isCell);
        return $"   at {string.Join(" in ", new[] { name, place }.OfType<string>())}";
    }

    private static string? Name(MethodBase method, bool isCell)
    {
        var types = new List<string>();
        var name = method.Name;
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (type.Name.StartsWith('<'))
            {
                // A compiler-made class: a state machine is named after its method, a closure after nothing.
                name = name == "MoveNext" ? type.Name[1..(type.Name.LastIndexOf('>') is var end and > 0 ? end : type.Name.Length)] : name;
            }
            else if (!(isCell && type.Name.StartsWith("Submission#", StringComparison.Ordinal)))
            {
                types.Insert(
                    0,
                    types.Count == 0 && type.DeclaringType is null && !isCell
                        ? (type.Namespace is null ? "" : type.Namespace + ".") + Scalars.TypeName(type)
                        : Scalars.TypeName(type));
            }
        }

        if (name is "<Initialize>" or "<Main>")
        {
            return null;
        }

        if (name.StartsWith('<'))
        {
            var local = name.IndexOf(">g__", StringComparison.Ordinal);
            name = local < 0 ? "a lambda" : name[(local + 4)..].Split('|')[0];
        }

        var parameters = method.Name == "MoveNext" ? "…"
            : string.Join(", ", method.GetParameters().Select(p => $"{Scalars.TypeName(p.ParameterType)} {p.Name}"));
        return $"{string.Join('.', types.Append(name))}({parameters})";
    }
}
