using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Session;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>
/// Gives values to a notebook's parameters: a cell tagged <c>injected-parameters</c> after the cell tagged <c>parameters</c>, as papermill
/// does.
/// </summary>
public static class ParameterInjection
{
    private const string DeclaringTag = "parameters";
    private const string InjectedTag = "injected-parameters";

    /// <summary>The parameters that a notebook declares, in their order; none when no cell is tagged <c>parameters</c>.</summary>
    /// <param name="notebook">The notebook.</param>
    public static IReadOnlyList<NotebookParameter> Of(NotebookFile notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return DeclaringCell(notebook) is { } cell ? Declarations(cell) : [];
    }

    /// <summary>Adds the cell that sets the values, in the place of one that is there from an earlier run.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="values">Name → value as typed.</param>
    /// <exception cref="ParameterException">The notebook declares no such parameter, or the value is not of its type.</exception>
    public static void Apply(NotebookFile notebook, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return;
        }

        var known = Of(notebook);
        var lines = new List<string> { "// Parameters of this run" };
        foreach (var (name, value) in values.OrderBy(pair => Place(known, pair.Key)))
        {
            var parameter = known.FirstOrDefault(p => p.Name == name) ?? throw Unknown(name, known, DeclaringCell(notebook) is not null);
            lines.Add($"{parameter.Type} {parameter.Name} = {ParameterValue.Literal(parameter, value)};");
        }

        if (lines.Exists(line => line.Contains("string? ", StringComparison.Ordinal)))
        {
            lines.Insert(0, "#nullable enable");
        }

        var source = string.Join('\n', lines);
        if (notebook.Cells.FirstOrDefault(c => c.Tags.Contains(InjectedTag)) is { } injected)
        {
            injected.Source = source;
            return;
        }

        var index = notebook.Cells.TakeWhile(c => !c.Tags.Contains(DeclaringTag)).Count() + 1;
        var cell = notebook.Insert(index, CellKind.Code, source, InjectedTag);
        cell.Metadata["tags"] = new System.Text.Json.Nodes.JsonArray(InjectedTag);
    }

    private static int Place(IReadOnlyList<NotebookParameter> known, string name) =>
        Enumerable.Range(0, known.Count).FirstOrDefault(i => known[i].Name == name, int.MaxValue);

    private static NotebookCell? DeclaringCell(NotebookFile notebook) =>
        notebook.Cells.FirstOrDefault(c => c.Kind == CellKind.Code && c.Tags.Contains(DeclaringTag));

    private static ParameterException Unknown(string name, IReadOnlyList<NotebookParameter> known, bool hasCell)
    {
        if (!hasCell)
        {
            return new ParameterException($"'{name}' cannot be set: the notebook has no cell tagged 'parameters'.");
        }

        var near = known.OrderBy(p => Distance(p.Name, name)).FirstOrDefault(p => Distance(p.Name, name) <= 2);
        return new ParameterException(
            $"The notebook has no parameter '{name}'.{(near is null ? "" : $" Did you mean '{near.Name}'?")} Its parameters, with "
            + "their defaults:\n"
            + string.Join('\n', known.Select(p => $"  {p.Type} {p.Name} = {p.Default}")));
    }

    private static List<NotebookParameter> Declarations(NotebookCell cell)
    {
        var parameters = new List<NotebookParameter>();
        foreach (var segment in CellSplitter.Split(cell.Source, SegmentKind.CSharp).Where(s => s.Kind == SegmentKind.CSharp))
        {
            var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(segment.Text, SubmissionCompiler.ParseOptions).GetRoot();
            foreach (var declaration in root.Members.OfType<FieldDeclarationSyntax>().Select(f => f.Declaration))
            {
                parameters.AddRange(declaration.Variables
                    .Where(v => v.Initializer is not null)
                    .Select(
                        v =>
                            new NotebookParameter(
                                v.Identifier.ValueText,
                                ParameterValue.TypeOf(declaration.Type, v.Initializer!.Value),
                                v.Initializer!.Value.ToString())));
            }
        }

        return parameters;
    }

    /// <summary>The number of letters that must change to turn one name into the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
