namespace CovidNotebooks.Runs;

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>Its process writes a heartbeat.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It ended with an error; its record holds the reason.</summary>
    Failed,

    /// <summary>It says that it runs, but its heartbeat stopped: the process is gone.</summary>
    Dead,

    /// <summary>Its <c>run.json</c> is missing or cannot be read.</summary>
    Unreadable,
}
