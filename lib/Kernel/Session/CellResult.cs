namespace CovidNotebooks.Kernel.Session;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It did not compile, or threw.</summary>
    Failed,

    /// <summary>It was interrupted and stopped.</summary>
    Interrupted,

    /// <summary>It was interrupted and did not stop: its thread was left behind, and the session cannot go on.</summary>
    Abandoned,
}

/// <summary>The end of a cell.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Error">Why it failed; null when it succeeded.</param>
/// <param name="Duration">From the start of the cell to its end.</param>
public sealed record CellResult(CellStatus Status, CellError? Error, TimeSpan Duration);

/// <summary>A failure that is the notebook's own: it becomes the cell's error as it is.</summary>
internal sealed class CellFailedException(CellError error) : Exception(error.Message)
{
    public CellError Error { get; } = error;
}
