using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>How a headless run ended.</summary>
public enum RunStatus
{
    /// <summary>Every cell ran.</summary>
    Succeeded,

    /// <summary>A cell failed; the run ended there.</summary>
    CellFailed,

    /// <summary>The time limit of a cell or of the run was reached.</summary>
    TimedOut,

    /// <summary>The run was cancelled, for example by Ctrl-C.</summary>
    Cancelled,

    /// <summary>Every cell ran, but the result may not be published.</summary>
    PublishRefused,
}

/// <summary>The end of a headless run.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="OutputPath">Where the executed notebook is; valid however the run ended.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Notebook">The executed notebook.</param>
/// <param name="FailedCell">The cell that ended the run; null when none did.</param>
/// <param name="Error">Why it ended; null when it succeeded.</param>
/// <param name="LeftBehind">Whether a cell did not stop and still runs: the process should exit soon.</param>
public sealed record RunResult(
    RunStatus Status,
    string OutputPath,
    TimeSpan Duration,
    NotebookFile Notebook,
    CellPosition? FailedCell = null,
    CellError? Error = null,
    bool LeftBehind = false)
{
    /// <summary>For the shell: 0 when everything ran, 130 when cancelled, else 1.</summary>
    public int ExitCode => Status switch
    {
        RunStatus.Succeeded => 0,
        RunStatus.Cancelled => 130,
        _ => 1,
    };
}
