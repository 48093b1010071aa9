using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Runs;

/// <summary>A run that came to nothing.</summary>
/// <param name="Id">The name of its folder.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Reason">Why nothing is lost with it, in a sentence.</param>
public sealed record FutileRun(string Id, string Folder, string Reason);

/// <summary>
/// Finds and removes the folders of runs that came to nothing. Finished runs, running ones and those with predictions are never among them.
/// </summary>
public static class RunCleaning
{
    private const int DateLength = 16; // yyyyMMdd-HHmmss-

    /// <summary>The runs of a store that came to nothing, the oldest first.</summary>
    /// <param name="store">The store; folders whose names do not begin with a date are not its runs.</param>
    public static IReadOnlyList<FutileRun> Find(RunStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (!Directory.Exists(store.Root))
        {
            return [];
        }

        var records = store.List().ToDictionary(run => run.Id, StringComparer.Ordinal);
        return
        [
            .. Directory.EnumerateDirectories(store.Root).Where(folder => HasDate(Path.GetFileName(folder))).Order(StringComparer.Ordinal)
                .Select(folder => (folder, Reason: records.TryGetValue(Path.GetFileName(folder), out var run)
                    ? ReasonOf(
                        run, HasCheckpoint(store, run), store.Now.UtcDateTime - Directory.GetLastWriteTimeUtc(folder) > store.DeadAfter)
                    : Directory.EnumerateFileSystemEntries(folder).Any() ? null : "It is an empty folder."))
                .Where(item => item.Reason is not null)
                .Select(item => new FutileRun(Path.GetFileName(item.folder), item.folder, item.Reason!)),
        ];
    }

    /// <summary>Why nothing is lost with a run; null for one to keep.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hasCheckpoint">Whether a checkpoint of a run of that name is kept: it may go on.</param>
    /// <param name="isOld">
    /// Whether its folder has not changed for longer than a heartbeat: a run that is just being made has no record yet.
    /// </param>
    public static string? ReasonOf(RunRecord run, bool hasCheckpoint, bool isOld)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run switch
        {
            { HasPredictions: true } => null,
            { Status: RunStatus.Dead } when !hasCheckpoint =>
                $"It was interrupted after {DisplayedNumber.Counted(run.Metrics.Count, "epoch", "epochs")} and left no checkpoint to "
                    + "go on from.",
            { Status: RunStatus.Failed, Metrics.Count: 0 } => $"It failed before its first epoch: {run.Reason}",
            { Status: RunStatus.Unreadable, Metrics.Count: 0 } when isOld && Empty(run) => "It holds no record and no epoch.",
            _ => null,
        };
    }

    /// <summary>Removes folders.</summary>
    /// <param name="runs">What <see cref="Find"/> found.</param>
    /// <returns>A sentence for each that could not be removed.</returns>
    public static IReadOnlyList<string> Remove(IEnumerable<FutileRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var left = new List<string>();
        foreach (var run in runs)
        {
            try
            {
                Directory.Delete(run.Folder, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                left.Add($"{run.Id} cannot be removed: {error.Message}");
            }
        }

        return left;
    }

    private static bool HasCheckpoint(RunStore store, RunRecord run)
    {
        var folder = Path.Combine(store.Root, "checkpoints");
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, $"{RunStore.Slug(run.Name)}-*.safetensors").Any();
    }

    /// <summary>
    /// A claimed folder without its record holds an empty log only; a record that is there and cannot be read is for a person to look at.
    /// </summary>
    private static bool Empty(RunRecord run) =>
        Directory.EnumerateFiles(run.Folder)
            .All(file => Path.GetFileName(file) == RunDocument.MetricsFileName && new FileInfo(file).Length == 0);

    private static bool HasDate(string name) =>
        name.Length > DateLength
            && DateTime.TryParseExact(name[..DateLength], "yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
