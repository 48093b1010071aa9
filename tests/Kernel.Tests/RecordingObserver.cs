using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Kernel.Session;

namespace Tests.Kernel;

/// <summary>Keeps what a run reports, a line each.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    public List<string> Lines { get; } = [];

    public Action<CellPosition, CellEvent>? OnOutput { get; init; }

    public void CellStarted(CellPosition cell) => Lines.Add($"start {cell.CodeNumber}/{cell.CodeCount} {cell.Title}");

    public void CellOutput(CellPosition cell, CellEvent output)
    {
        Lines.Add($"output {output.GetType().Name}");
        OnOutput?.Invoke(cell, output);
    }

    public void Progress(CellPosition cell, double value, double total, string text) => Lines.Add($"progress {value}/{total} {text}");

    public void CellFinished(CellPosition cell, CellResult result) => Lines.Add($"end {cell.CodeNumber} {result.Status}");

    public void Notice(string message) => Lines.Add("notice " + message);
}
