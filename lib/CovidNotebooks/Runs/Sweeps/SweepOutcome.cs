namespace CovidNotebooks.Runs.Sweeps;

/// <summary>How an item of a sweep stands.</summary>
public enum SweepStatus
{
    /// <summary>Nobody has begun it.</summary>
    Waiting,

    /// <summary>A process is at it.</summary>
    Running,

    /// <summary>It has results.</summary>
    Finished,

    /// <summary>It ended with an error; the next call tries it again.</summary>
    Failed,

    /// <summary>It was begun, and its process is gone; the next call tries it again.</summary>
    Dead,
}

/// <summary>What is known of an item of a sweep.</summary>
/// <param name="Item">Which.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Results">Its results by name; empty until it has finished.</param>
/// <param name="Reason">Why it failed; null where it did not.</param>
/// <param name="Seconds">How long it took; null until it has ended.</param>
public sealed record SweepOutcome(
    SweepItem Item, SweepStatus Status, IReadOnlyDictionary<string, double> Results, string? Reason = null, double? Seconds = null);
