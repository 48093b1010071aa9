using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>
/// The mark in a cell's metadata while it runs: <c>"covidnotebooks": { "status": "running" }</c>. In a file whose process is gone it names
/// the cell that ended it.
/// </summary>
internal static class RunningMark
{
    private const string Key = "covidnotebooks";
    private const string Status = "status";
    private const string Running = "running";

    public static bool Is(NotebookCell cell) => NotebookCell.Text((cell.Json["metadata"]?[Key] as JsonObject)?[Status]) == Running;

    public static void Set(NotebookCell cell) => cell.Metadata[Key] = new JsonObject { [Status] = Running };

    public static void Remove(NotebookCell cell) => (cell.Json["metadata"] as JsonObject)?.Remove(Key);
}
