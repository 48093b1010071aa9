using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>A run whose process died while a cell ran: killed, out of memory, a crash of native code, a stack overflow.</summary>
/// <param name="OutputPath">The file, which now says so.</param>
/// <param name="Cell">The cell that ran.</param>
public sealed record DeadRun(string OutputPath, CellPosition Cell)
{
    /// <summary>
    /// Gives the cell that ran an error output, so that every editor shows what happened. To be called by whoever started the process,
    /// after it is gone: a dying process cannot do it.
    /// </summary>
    /// <param name="outputPath">The executed notebook.</param>
    /// <param name="message">What happened, and what to do; the text of the error.</param>
    /// <returns>The cell; null where the file is not there or no cell of it was running.</returns>
    /// <exception cref="NotebookException">The file cannot be read or written.</exception>
    public static DeadRun? Mark(string outputPath, Func<CellPosition, string> message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!File.Exists(outputPath))
        {
            return null;
        }

        var notebook = NotebookFile.Read(outputPath);
        if (CellPosition.Of(notebook).FirstOrDefault(place => RunningMark.Is(place.Cell)) is not { Cell: { } cell, Position: { } position })
        {
            return null;
        }

        var text = message(position);
        cell.Outputs.Add(OutputCollector.Error(new CellError("ProcessDied", text, text.Split('\n'))));
        RunningMark.Remove(cell);
        notebook.Save(outputPath);
        return new DeadRun(outputPath, position);
    }
}
