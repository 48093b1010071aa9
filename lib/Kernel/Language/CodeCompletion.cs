using CovidNotebooks.Kernel.Formatting;
using CovidNotebooks.Kernel.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CovidNotebooks.Kernel.Language;

/// <summary>One way to complete what is being typed.</summary>
/// <param name="Text">What is inserted: a plain name.</param>
/// <param name="Kind">Class, method, property, … in lower case.</param>
/// <param name="Signature">The declaration as C# writes it.</param>
internal sealed record CompletionItem(string Text, string Kind, string Signature);

/// <summary>The completions at a place.</summary>
/// <param name="Start">The first character that they replace.</param>
/// <param name="End">The character behind the last that they replace.</param>
/// <param name="Items">The completions, those that fit best first.</param>
internal sealed record Completions(int Start, int End, IReadOnlyList<CompletionItem> Items);

/// <summary>Completes C# by what the compiler knows of the session's declarations, and magic commands.</summary>
internal sealed class CodeCompletion(CellInterpreter session)
{
    private const int Most = 400;

    private static readonly SymbolDisplayFormat SignatureFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef);

    /// <summary>The completions at a place of a cell.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">The place, in UTF-16 units.</param>
    public Completions At(string code, int position)
    {
        var before = code[..position];
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(before[start - 1]))
        {
            start--;
        }

        var prefix = before[start..];
        var line = before[(before.LastIndexOf('\n') + 1)..];
        if (line.TrimStart().StartsWith("#!", StringComparison.Ordinal))
        {
            return Magic(position, line.TrimStart());
        }

        // What follows the place cannot be a part of what is typed there, and would only be joined to it: "model.", then "var x" on the
        // next line.
        var model = session.Analyse(before);
        if (IsText(model.SyntaxTree.GetRoot(), position))
        {
            return new Completions(position, position, []);
        }

        var token = model.SyntaxTree.GetRoot().FindToken(Math.Max(0, start - 1));
        var items = token.IsKind(SyntaxKind.DotToken) || token.IsKind(SyntaxKind.ColonColonToken) ? Members(model, token, start)
            : Names(model, start, prefix);
        var fitting = items
            .Where(item => Fits(item.Text, prefix))
            .GroupBy(item => item.Text, StringComparer.Ordinal)
            .Select(overloads =>
                overloads.Count() == 1 ? overloads.First()
                : overloads.First() with { Signature = $"{overloads.First().Signature} (+ {overloads.Count() - 1} overloads)" })
            .OrderByDescending(item => item.Text.StartsWith(prefix, StringComparison.Ordinal))
            .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase)
            .Take(Most);
        return new Completions(start, position, [.. fitting]);
    }

    /// <summary>
    /// Whether a name fits what is typed: it starts with it, or its capitals do (<c>EvRe</c> for <c>EvaluationReport</c>).
    /// </summary>
    private static bool Fits(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            || (prefix.Length > 1 && char.IsUpper(prefix[0]) && FitsHumps(name, prefix));

    private static bool FitsHumps(string name, string prefix)
    {
        var at = 0;
        foreach (var c in prefix)
        {
            if (at < name.Length
                && char.ToLowerInvariant(name[at]) == char.ToLowerInvariant(c)
                && (at == 0 || !char.IsUpper(c) || char.IsUpper(name[at])))
            {
                at++;
                continue;
            }

            at = char.IsUpper(c) ? name.IndexOf(c, at) + 1 : 0;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static Completions Magic(int position, string line)
    {
        var items = line.Contains(' ', StringComparison.Ordinal) ? [] : CellSplitter.Magics
            .Where(magic => magic.Key.StartsWith(line, StringComparison.OrdinalIgnoreCase))
            .Select(magic => new CompletionItem(magic.Key, "magic", magic.Value.Help)).ToList();
        return new Completions(position - line.Length, position, items);
    }

    private static bool IsText(SyntaxNode root, int position)
    {
        var token = root.FindToken(Math.Max(0, position - 1));
        var trivia = root.FindTrivia(Math.Max(0, position - 1));
        return trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.DisabledTextTrivia
            || (token.SpanStart < position && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.NumericLiteralToken);
    }

    private static CompletionItem Item(ISymbol symbol, SemanticModel model, int position) => new(
        symbol.Name,
        symbol is INamedTypeSymbol type ? type.TypeKind.ToString().ToLowerInvariant() : symbol.Kind.ToString().ToLowerInvariant(),
        symbol.ToMinimalDisplayString(model, position, SignatureFormat));

    private static bool IsShown(ISymbol symbol) =>
        symbol.CanBeReferencedByName && symbol is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet }
        && !symbol.GetAttributes()
            .Any(a => a.AttributeClass?.Name == "EditorBrowsableAttribute" && a.ConstructorArguments is [{ Value: 1 }]);

    private static IEnumerable<CompletionItem> Items(IEnumerable<ISymbol> symbols, SemanticModel model, int position) =>
        symbols.Where(IsShown).Select(symbol => Item(symbol, model, position));

    private IEnumerable<CompletionItem> Names(SemanticModel model, int position, string prefix)
    {
        var variables = session.Variables.ToDictionary(variable => variable.Name, StringComparer.Ordinal);
        var symbols = model.LookupSymbols(position).Where(symbol => Fits(symbol.Name, prefix));

        // Of everything, only what the notebook itself declared is worth a list.
        var own = prefix.Length > 0 ? symbols
            : symbols.Where(symbol => symbol is ILocalSymbol or IParameterSymbol || symbol.ContainingType is { IsScriptClass: true });
        var declared = own.Where(IsShown)
            .Select(symbol =>
                symbol is IFieldSymbol && variables.TryGetValue(symbol.Name, out var variable) ? Live(variable)
                : Item(symbol, model, position));
        var keywords = prefix.Length == 0
            ? []
            : SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText)
                .Where(word => word.Length > 0 && char.IsLetter(word[0]) && !word.StartsWith("__", StringComparison.Ordinal))
                .Select(word => new CompletionItem(word, "keyword", word));
        return declared.Concat(keywords);
    }

    private static CompletionItem Live(SessionVariable variable) =>
        new(variable.Name, "instance", $"{Scalars.TypeName(variable.Value?.GetType() ?? variable.Type)} {variable.Name}");

    private IEnumerable<CompletionItem> Members(SemanticModel model, SyntaxToken dot, int position)
    {
        var left = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            AliasQualifiedNameSyntax alias => alias.Alias,
            MemberBindingExpressionSyntax { Parent: { } parent } =>
                parent.AncestorsAndSelf().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault()?.Expression,
            _ => null,
        };
        if (left is null)
        {
            return [];
        }

        var (symbol, type) = (model.GetSymbolInfo(left).Symbol, model.GetTypeInfo(left).Type);
        if (symbol is null && type is null or IErrorTypeSymbol && left is not AliasQualifiedNameSyntax)
        {
            var expression = SyntaxFactory.ParseExpression(left.ToString());
            symbol = model.GetSpeculativeSymbolInfo(left.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol;
            type = model.GetSpeculativeTypeInfo(left.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;
        }

        if (symbol is INamespaceOrTypeSymbol container)
        {
            return Items(
                model.LookupSymbols(position, container).Where(member => member is INamespaceOrTypeSymbol || member.IsStatic),
                model,
                position);
        }

        if (type is IDynamicTypeSymbol)
        {
            // The compiler knows nothing of it; the live value does.
            return session.Variables.FirstOrDefault(variable => variable.Name == left.ToString())?.Value is { } value
                ? LiveMembers(value.GetType())
                : [];
        }

        return type is null or IErrorTypeSymbol
            ? []
            : Items(
                model.LookupSymbols(position, type, includeReducedExtensionMethods: true)
                    .Where(member => !member.IsStatic && member is not ITypeSymbol),
                model,
                position);
    }

    private static IEnumerable<CompletionItem> LiveMembers(Type type) => type.GetMembers()
        .Where(member =>
            member is System.Reflection.PropertyInfo or System.Reflection.FieldInfo or System.Reflection.MethodInfo
            {
                IsSpecialName: false,
                IsStatic: false,
            })
        .Select(
            member => new CompletionItem(member.Name, member.MemberType.ToString().ToLowerInvariant(), member.ToString() ?? member.Name));
}
