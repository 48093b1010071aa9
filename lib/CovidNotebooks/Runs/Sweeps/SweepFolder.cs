using System.Text.Json;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Runs.Sweeps;

/// <summary>
/// The folder of a sweep: a file an item, named by its key. Several processes, also on several machines with a shared disk, may work on one
/// sweep: an item belongs to whoever holds its lock, and a lock ends with its process.
/// </summary>
/// <remarks>
/// A lock is the system's lock of a file (<c>flock</c>). A network file system must pass it on, as NFS 4 does; else two machines may
/// compute one item twice.
/// </remarks>
/// <param name="path">The folder; it is made when the first item begins.</param>
/// <param name="clock">Where time comes from; the system's clock by default.</param>
public sealed class SweepFolder(string path, TimeProvider? clock = null)
{
    private const int Tries = 5;
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>The folder, absolute.</summary>
    public string Root { get; } = Path.GetFullPath(path);

    private string Items => Path.Combine(Root, "items");

    /// <summary>How an item stands.</summary>
    /// <param name="item">Which.</param>
    public SweepOutcome Read(SweepItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Written(item) switch
        {
            null => new SweepOutcome(item, SweepStatus.Waiting, new Dictionary<string, double>(StringComparer.Ordinal)),
            { Status: SweepStatus.Running } begun when !IsLocked(item) => (Written(item) ?? begun) switch
            {
                { Status: SweepStatus.Running } left =>
                    left with { Status = SweepStatus.Dead, Reason = "Its process is gone: it was killed or it crashed." },
                var ended => ended, // between the two looks
            },
            var known => known,
        };
    }

    /// <summary>Begins an item, unless it has finished or another process is at it.</summary>
    /// <param name="item">Which.</param>
    /// <returns>What ends it; null where there is nothing to do here.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public SweepClaim? TryClaim(SweepItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Directory.CreateDirectory(Items);
        if (Lock(item) is not { } held)
        {
            return null;
        }

        if (Written(item) is { Status: SweepStatus.Finished })
        {
            held.Dispose();
            return null;
        }

        var claim = new SweepClaim(this, item, held, clock);
        Write(new SweepOutcome(item, SweepStatus.Running, new Dictionary<string, double>(StringComparer.Ordinal)));
        return claim;
    }

    internal void Write(SweepOutcome outcome)
    {
        var target = FileOf(outcome.Item, "json");
        var document = new Document(
            outcome.Item.Settings, outcome.Item.Seed, outcome.Status, outcome.Results, outcome.Reason, outcome.Seconds);
        WholeFile.Write(target, JsonSerializer.Serialize(document, RunDocument.Indented) + "\n");
    }

    internal void Forget(SweepItem item) => File.Delete(FileOf(item, "json"));

    private string FileOf(SweepItem item, string extension) => Path.Combine(Items, $"{item.Key}.{extension}");

    private SweepOutcome? Written(SweepItem item)
    {
        try
        {
            using var stream = new FileStream(FileOf(item, "json"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize<Document>(stream, RunDocument.Indented) is { } document
                ? new SweepOutcome(
                    item,
                    document.Status,
                    document.Results ?? new Dictionary<string, double>(StringComparer.Ordinal),
                    document.Reason,
                    document.Seconds)
                : null;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException torn)
        {
            return new SweepOutcome(
                item,
                SweepStatus.Failed,
                new Dictionary<string, double>(StringComparer.Ordinal),
                $"Its file cannot be read: {torn.Message.Split('.')[0]}.");
        }
    }

    private bool IsLocked(SweepItem item)
    {
        using var held = Lock(item);
        return held is null;
    }

    /// <summary>
    /// The item's lock; null where another process holds it. Whoever only looks holds it for a moment, so that it is tried some times.
    /// </summary>
    private FileStream? Lock(SweepItem item)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(FileOf(item, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (
                held is not (DirectoryNotFoundException or FileNotFoundException) && File.Exists(FileOf(item, "lock")))
            {
                if (attempt == Tries)
                {
                    return null;
                }

                Thread.Sleep(20);
            }
        }
    }

    private sealed record Document(
        IReadOnlyDictionary<string, object?> Settings,
        long? Seed,
        SweepStatus Status,
        IReadOnlyDictionary<string, double>? Results,
        string? Reason,
        double? Seconds);
}

/// <summary>An item of a sweep that this process has begun. Disposing it without an end leaves it to be begun anew.</summary>
public sealed class SweepClaim : IDisposable
{
    private readonly SweepFolder folder;
    private readonly FileStream held;
    private readonly TimeProvider clock;
    private readonly long started;
    private bool ended;

    internal SweepClaim(SweepFolder folder, SweepItem item, FileStream held, TimeProvider clock)
    {
        (this.folder, this.held, this.clock, Item) = (folder, held, clock, item);
        started = clock.GetTimestamp();
    }

    /// <summary>Which.</summary>
    public SweepItem Item { get; }

    /// <summary>Ends the item with its results.</summary>
    public SweepOutcome Finish(IReadOnlyDictionary<string, double> results) => End(new SweepOutcome(Item, SweepStatus.Finished, results));

    /// <summary>Ends the item with an error.</summary>
    /// <param name="reason">What went wrong, in a sentence.</param>
    public SweepOutcome Fail(string reason) =>
        End(new SweepOutcome(Item, SweepStatus.Failed, new Dictionary<string, double>(StringComparer.Ordinal), reason));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!ended)
        {
            folder.Forget(Item);
        }

        held.Dispose();
    }

    private SweepOutcome End(SweepOutcome outcome)
    {
        outcome = outcome with { Seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3) };
        folder.Write(outcome);
        ended = true;
        return outcome;
    }
}
