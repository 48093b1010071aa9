using CovidNotebooks.Kernel.Formatting;

namespace CovidNotebooks.Kernel.Session;

/// <summary>The two text streams of a cell.</summary>
public enum CellStream
{
    /// <summary>Standard output.</summary>
    Out,

    /// <summary>Standard error; compiler warnings go here too.</summary>
    Error,
}

/// <summary>Something that a running cell puts out.</summary>
public abstract record CellEvent;

/// <summary>Text on a stream.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="Text">The text, with its line breaks; carriage returns are kept.</param>
public sealed record StreamWritten(CellStream Stream, string Text) : CellEvent;

/// <summary>A value shown by <c>display</c>.</summary>
/// <param name="DisplayId">The id by which a later <see cref="ValueUpdated"/> replaces it.</param>
/// <param name="Bundle">What is shown.</param>
public sealed record ValueDisplayed(string DisplayId, MimeBundle Bundle) : CellEvent;

/// <summary>A displayed value is replaced, in whichever cell it was displayed.</summary>
/// <param name="DisplayId">The id that <see cref="ValueDisplayed"/> gave.</param>
/// <param name="Bundle">What is shown from now on.</param>
public sealed record ValueUpdated(string DisplayId, MimeBundle Bundle) : CellEvent;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Bundle">What is shown.</param>
public sealed record ValueReturned(MimeBundle Bundle) : CellEvent;

/// <summary>A long-running cell says how far it has come. Not kept in the notebook.</summary>
/// <param name="Progress">The report.</param>
public sealed record ProgressMade(ProgressReport Progress) : CellEvent;

/// <summary>What the cell has put out so far is taken away.</summary>
/// <param name="Wait">Only when the next output comes, so that nothing flickers.</param>
public sealed record OutputCleared(bool Wait) : CellEvent;

/// <summary>How work of this cell is found again if the process dies in it. Not kept in the notebook.</summary>
/// <param name="Text">A sentence for people.</param>
public sealed record RecoveryNoted(string Text) : CellEvent;

/// <summary>The cell failed; the last event of a cell.</summary>
/// <param name="Error">Why.</param>
public sealed record ErrorRaised(CellError Error) : CellEvent;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The type of the exception, or <c>CompilationError</c>.</param>
/// <param name="Message">One or more lines for people.</param>
/// <param name="Traceback">The whole report: the message, then the user's own frames with cell and line.</param>
/// <param name="Line">The cell's line, from 1; null when it is not known.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line = null);
