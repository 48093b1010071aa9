using CovidNotebooks.Kernel.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CovidNotebooks.Kernel.Language;

/// <summary>Whether what is typed at a console can run, or goes on in the next line.</summary>
/// <param name="Status"><c>complete</c>, <c>incomplete</c> or <c>invalid</c>.</param>
/// <param name="Indent">What the next line starts with when it is incomplete.</param>
internal sealed record CodeCompleteness(string Status, string Indent)
{
    private const int Step = 4;

    public static CodeCompleteness Of(string code)
    {
        if (CellSplitter.Split(code, SegmentKind.CSharp) is not [.., { Kind: SegmentKind.CSharp } last])
        {
            return new CodeCompleteness("complete", "");
        }

        var tree = CSharpSyntaxTree.ParseText(last.Text, SubmissionCompiler.ParseOptions);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            var open = 0;
            foreach (var token in SyntaxFactory.ParseTokens(last.Text))
            {
                open += token.Kind() switch
                {
                    SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
                    SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
                    _ => 0,
                };
                if (open < 0)
                {
                    return new CodeCompleteness("invalid", "");
                }
            }

            return new CodeCompleteness("incomplete", new string(' ', Step * open));
        }

        return new CodeCompleteness(tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete", "");
    }
}
