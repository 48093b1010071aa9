using CovidNotebooks.Kernel.Formatting;
using CovidNotebooks.Kernel.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CovidNotebooks.Kernel.Language;

/// <summary>Says what the name at a place is: its signature, its documentation, and for a variable its value.</summary>
internal sealed class CodeInspection(CellInterpreter session)
{
    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddParameterOptions(SymbolDisplayParameterOptions.IncludeDefaultValue);

    /// <summary>The description of what is at a place.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">The place, in UTF-16 units: in or behind a name, or among the arguments of a call.</param>
    /// <returns>Text; null when nothing is known there.</returns>
    public string? At(string code, int position)
    {
        var model = session.Analyse(code);
        var root = model.SyntaxTree.GetRoot();
        foreach (var at in new[] { position, position - 1 }.Where(at => at >= 0 && at <= root.FullSpan.End))
        {
            var token = root.FindToken(at);
            if ((token.IsKind(SyntaxKind.IdentifierToken) || token.Parent is PredefinedTypeSyntax)
                && token.Span.Contains(at)
                && Symbols(model, token.Parent!) is [_, ..] symbols)
            {
                return Describe(symbols, model, position);
            }
        }

        var call = root.FindToken(Math.Max(0, position - 1)).Parent?.AncestorsAndSelf().OfType<BaseArgumentListSyntax>()
            .FirstOrDefault()?.Parent;
        var name = call switch
        {
            InvocationExpressionSyntax invocation => invocation.Expression,
            ObjectCreationExpressionSyntax creation => (SyntaxNode)creation.Type,
            _ => null,
        };
        return name is not null && Symbols(model, name) is [_, ..] called ? Describe(called, model, position) : null;
    }

    private static IReadOnlyList<ISymbol> Symbols(SemanticModel model, SyntaxNode node)
    {
        if (model.GetDeclaredSymbol(node) is { } declared)
        {
            return [declared];
        }

        var info = model.GetSymbolInfo(node);
        if (info.Symbol is { } symbol)
        {
            return [symbol, .. model.GetMemberGroup(node).Where(other => !SymbolEqualityComparer.Default.Equals(other, symbol))];
        }

        return info.CandidateSymbols.Length > 0 ? info.CandidateSymbols : model.GetMemberGroup(node);
    }

    private string Describe(IReadOnlyList<ISymbol> symbols, SemanticModel model, int position)
    {
        var symbol = symbols[0];
        var kind = symbol is INamedTypeSymbol type ? type.TypeKind.ToString().ToLowerInvariant() + " "
            : symbol is INamespaceSymbol ? "namespace "
            : "";
        var parts = new List<string> { kind + symbol.ToMinimalDisplayString(model, Math.Max(0, position - 1), Signature) };
        parts.AddRange(
            symbols.Skip(1).Take(5).Select(other => other.ToMinimalDisplayString(model, Math.Max(0, position - 1), Signature)));
        if (symbols.Count > 6)
        {
            parts.Add($"(+ {symbols.Count - 6} more)");
        }

        var text = string.Join('\n', parts);
        if (symbol.ContainingType is { IsScriptClass: true }
            && session.Variables.FirstOrDefault(variable => variable.Name == symbol.Name) is { } live)
        {
            var actual = live.Value is { } value && value.GetType() != live.Type ? $" ({Scalars.TypeName(value.GetType())})" : "";
            text += $"\n\nvalue now{actual}: {(live.Value is null ? "null" : HtmlDefaults.Summary(live.Value))}";
        }

        return XmlDocumentation.Of(symbol, model.Compilation) is { } documentation ? $"{text}\n\n{documentation}" : text;
    }
}
