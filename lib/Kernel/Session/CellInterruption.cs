using System.ComponentModel;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive;

namespace CovidNotebooks.Kernel.Session;

/// <summary>
/// How a cell that knows nothing of cancellation is stopped: the compiler puts a check at the head of every loop, method and block lambda
/// that a cell declares. What waits (Thread.Sleep, Task.Wait, a lock) is woken by <see cref="Thread.Interrupt"/>.
/// </summary>
/// <remarks>
/// Out of reach: a loop inside a library that takes no token and never waits, native code, <c>#load</c>ed files, and code after an
/// <c>await</c> that takes no token, which goes on in the background until it meets its next check.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellInterruption
{
    private const string CheckStatement = "global::CovidNotebooks.Kernel.Session.CellInterruption.Check();";

    // Stays set after the first interruption: tasks that an interrupted cell left behind meet their check, too. Until then a check costs
    // one read.
    private static volatile bool Requested;

    /// <summary>Called by compiled cells: throws when their own cell was interrupted.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public static void Check()
    {
        if (Requested)
        {
            KernelInvocationContext.Current?.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    internal static void Request() => Requested = true;

    /// <summary>The text of a cell with a check in each loop and block body. Lines stay; columns do not.</summary>
    internal static string WithChecks(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        var insertions = new List<(int Position, string Text)>();
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var body = node switch
            {
                WhileStatementSyntax loop => loop.Statement,
                DoStatementSyntax loop => loop.Statement,
                ForStatementSyntax loop => loop.Statement,
                CommonForEachStatementSyntax loop => loop.Statement,
                MethodDeclarationSyntax method => method.Body,
                LocalFunctionStatementSyntax function => function.Body,
                AnonymousFunctionExpressionSyntax lambda => lambda.Block,
                _ => null,
            };
            if (body is BlockSyntax block)
            {
                insertions.Add((block.OpenBraceToken.Span.End, CheckStatement));
            }
            else if (body is not null)
            {
                insertions.Add((body.SpanStart, "{" + CheckStatement));
                insertions.Add((body.Span.End, "}"));
            }
        }

        if (insertions.Count == 0)
        {
            return text;
        }

        var (result, from) = (new StringBuilder(text.Length + (CheckStatement.Length * insertions.Count)), 0);
        foreach (var (position, inserted) in insertions.OrderBy(insertion => insertion.Position))
        {
            result.Append(text, from, position - from).Append(inserted);
            from = position;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }
}
