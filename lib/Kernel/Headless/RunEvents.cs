using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Which cell of a run.</summary>
/// <param name="Number">Its place among the notebook's cells, from 1.</param>
/// <param name="Count">How many cells the notebook has.</param>
/// <param name="CodeNumber">Its place among the cells that run, from 1.</param>
/// <param name="CodeCount">How many cells run.</param>
/// <param name="Title">The first line of the cell, or the last heading before it.</param>
public sealed record CellPosition(int Number, int Count, int CodeNumber, int CodeCount, string Title)
{
    /// <summary>The cells of a notebook that run, in their order.</summary>
    internal static IReadOnlyList<(NotebookCell Cell, CellPosition Position)> Of(NotebookFile notebook)
    {
        var running = notebook.Cells.Count(Runs);
        var heading = "";
        var positions = new List<(NotebookCell, CellPosition)>();
        for (var i = 0; i < notebook.Cells.Count; i++)
        {
            var cell = notebook.Cells[i];
            if (cell.Kind == CellKind.Markdown)
            {
                heading = cell.Source.Split('\n').LastOrDefault(line => line.StartsWith('#'))?.Trim('#', ' ') ?? heading;
            }
            else if (Runs(cell))
            {
                var title = heading.Length > 0 ? heading : cell.Source.Split('\n').First(line => !string.IsNullOrWhiteSpace(line)).Trim();
                positions.Add((cell, new CellPosition(i + 1, notebook.Cells.Count, positions.Count + 1, running, title)));
            }
        }

        return positions;
    }

    private static bool Runs(NotebookCell cell) =>
        cell.Kind == CellKind.Code && !cell.Tags.Contains("skip-execution") && !string.IsNullOrWhiteSpace(cell.Source);
}

/// <summary>Follows a headless run. All calls come one at a time, in order, and not from the cell's threads.</summary>
/// <remarks>
/// An observer that throws does not end the run: it is told nothing more, and its exception comes out of the run after the last save.
/// </remarks>
public interface IRunObserver
{
    /// <summary>A cell starts.</summary>
    /// <param name="cell">Which.</param>
    void CellStarted(CellPosition cell);

    /// <summary>A cell puts something out: text, a value, an error. Progress comes through <see cref="Progress"/>.</summary>
    /// <param name="cell">Which.</param>
    /// <param name="output">What.</param>
    void CellOutput(CellPosition cell, CellEvent output);

    /// <summary>A cell says how far it has come.</summary>
    /// <param name="cell">Which.</param>
    /// <param name="value">Steps done.</param>
    /// <param name="total">Steps in all; 0 when not known.</param>
    /// <param name="text">What to write beside the bar.</param>
    void Progress(CellPosition cell, double value, double total, string text);

    /// <summary>A cell has ended.</summary>
    /// <param name="cell">Which.</param>
    /// <param name="result">How, and after how long.</param>
    void CellFinished(CellPosition cell, CellResult result);

    /// <summary>Something that the person who runs the notebook should know, such as that no browser was found to draw charts.</summary>
    /// <param name="message">One line.</param>
    void Notice(string message);
}

/// <summary>An observer that does nothing; a base for those that follow one thing.</summary>
public class RunObserver : IRunObserver
{
    /// <inheritdoc/>
    public virtual void CellStarted(CellPosition cell)
    {
    }

    /// <inheritdoc/>
    public virtual void CellOutput(CellPosition cell, CellEvent output)
    {
    }

    /// <inheritdoc/>
    public virtual void Progress(CellPosition cell, double value, double total, string text)
    {
    }

    /// <inheritdoc/>
    public virtual void CellFinished(CellPosition cell, CellResult result)
    {
    }

    /// <inheritdoc/>
    public virtual void Notice(string message)
    {
    }
}
