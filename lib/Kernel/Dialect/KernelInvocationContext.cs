using CovidNotebooks.Kernel.Session;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running, as seen from the code that it runs.</summary>
public sealed class KernelInvocationContext
{
    private static readonly AsyncLocal<KernelInvocationContext?> OfThisFlow = new();

    internal KernelInvocationContext(CSharpSession session, CancellationToken cancellationToken)
    {
        Session = session;
        CancellationToken = cancellationToken;
    }

    /// <summary>The running cell; null outside of a cell.</summary>
    /// <remarks>Follows tasks and threads that the cell starts.</remarks>
    public static KernelInvocationContext? Current
    {
        get => OfThisFlow.Value;
        internal set => OfThisFlow.Value = value;
    }

    /// <summary>Signalled when the run is interrupted or its time is over: long work should stop then.</summary>
    public CancellationToken CancellationToken { get; }

    internal CSharpSession Session { get; }

    /// <summary>Shows a value in the cell's output.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The MIME types to show it in; none = the preferred ones of its type.</param>
    /// <returns>A handle whose <see cref="DisplayedValue.Update"/> replaces the output.</returns>
    public DisplayedValue Display(object? value, params string[] mimeTypes) => Session.Display(value, mimeTypes);

    /// <summary>Shows text that is of a MIME type already.</summary>
    /// <param name="value">The content.</param>
    /// <param name="mimeType">For example <c>text/html</c> or <c>image/svg+xml</c>.</param>
    /// <param name="additionalMimeTypes">Further MIME types that the same content is of.</param>
    /// <returns>A handle whose <see cref="DisplayedValue.Update"/> replaces the output.</returns>
    public DisplayedValue DisplayAs(string value, string mimeType, params string[] additionalMimeTypes) =>
        Session.DisplayAs(value, [mimeType, .. additionalMimeTypes]);

    /// <summary>Writes to the cell's standard output.</summary>
    /// <param name="output">The text.</param>
    public void DisplayStandardOut(string output) => Session.WriteStream(CellStream.Out, output);

    /// <summary>Writes to the cell's standard error.</summary>
    /// <param name="error">The text.</param>
    public void DisplayStandardError(string error) => Session.WriteStream(CellStream.Error, error);

    internal static KernelInvocationContext Required(string what) => Current
        ?? throw new InvalidOperationException(
            $"{what} was called outside of a notebook cell: there is no output to write to. "
                + "Call it from a cell, or from a task that a running cell started.");
}
