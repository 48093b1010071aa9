using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CovidNotebooks.Runs;

/// <summary>A folder of runs. No server and no lock: several processes may use it at once, also on a shared disk.</summary>
/// <param name="root">The folder; it is made when the first run is.</param>
/// <param name="clock">Where time comes from; the system's clock by default.</param>
public sealed class RunStore(string root, TimeProvider? clock = null)
{
    private const string StampFormat = "yyyyMMdd-HHmmss";
    private const int MostTries = 1000;
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>The folder of the runs.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>A run without a heartbeat for longer than this is shown as dead; two minutes by default.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// True for a folder of published runs, which keeps <c>run.json</c>, <c>predictions.csv</c> and <c>audit.json</c> only: other files may
    /// be missing without being told as a problem. False by default.
    /// </summary>
    public bool IsPublished { get; init; }

    /// <summary>
    /// The stores below a folder such as <c>data/published-runs</c>, one a notebook, in the order of their names; none where there is no
    /// such folder.
    /// </summary>
    /// <param name="folder">The folder that holds them.</param>
    /// <param name="clock">Where time comes from; the system's clock by default.</param>
    public static IReadOnlyList<RunStore> Published(string folder, TimeProvider? clock = null) =>
        Directory.Exists(folder)
            ? [
                .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
                .Select(notebook => new RunStore(notebook, clock) { IsPublished = true }),
            ]
            : [];

    /// <summary>Starts a run in a new folder named after the time and <paramref name="name"/>.</summary>
    /// <param name="name">What the run is, for example <c>document-5</c>.</param>
    /// <param name="parameters">
    /// Its settings: numbers, words, truth values and lists of them. Keep paths relative: the record may be published.
    /// </param>
    /// <param name="environment">What it is computed with; by default what can be found without a tensor library.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public Run Create(string name, IReadOnlyDictionary<string, object?> parameters, RunEnvironment? environment = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Directory.CreateDirectory(Root);
        var started = clock.GetUtcNow();
        var stem = started.ToString(StampFormat, CultureInfo.InvariantCulture) + "-" + Slug(name);
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var id = attempt == 0 ? stem : $"{stem}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
            var folder = Path.Combine(Root, id);
            if (TryClaim(folder))
            {
                return new Run(folder, NewDocument(id, name, started, parameters, environment), clock);
            }
        }

        throw new IOException(
            $"No free folder for a run named '{stem}' was found in {MostTries} tries. Look at what fills the run folder.");
    }

    /// <summary>
    /// All runs, the oldest first; those begun within one second in the order of their beginnings, which the folders' names do not tell.
    /// A broken run is one flagged record, the last of its second, never an exception.
    /// </summary>
    public IReadOnlyList<RunRecord> List() =>
        Directory.Exists(Root)
            ?
            [
                .. Directory.EnumerateDirectories(Root).Where(IsRunFolder).Order(StringComparer.Ordinal).Select(Read)
                    .OrderBy(run => run.Id[..Math.Min(run.Id.Length, StampFormat.Length)], StringComparer.Ordinal)
                    .ThenBy(run => run.Started ?? DateTimeOffset.MaxValue),
            ]
            : [];

    /// <summary>One run.</summary>
    /// <param name="id">The name of its folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such run; the message names the newest that there are.</exception>
    public RunRecord Load(string id)
    {
        var folder = Path.Combine(Root, id);
        if (string.Equals(Path.GetFileName(id), id, StringComparison.Ordinal) && id.Length > 0 && Directory.Exists(folder))
        {
            return Read(folder);
        }

        var known = List().Select(run => run.Id).TakeLast(5).ToArray();
        throw new DirectoryNotFoundException(
            $"There is no run '{id}'. "
                + (known.Length == 0 ? "The store holds no runs yet." : $"The newest are: {string.Join(", ", known)}."));
    }

    /// <summary>The time by the store's clock, UTC.</summary>
    internal DateTimeOffset Now => clock.GetUtcNow();

    private RunRecord Read(string folder) => RunReader.Read(folder, Now, DeadAfter, IsPublished);

    /// <summary>A folder belongs to whoever creates its <c>metrics.jsonl</c>: that succeeds for one process only.</summary>
    private static bool TryClaim(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            using var claim = new FileStream(Path.Combine(folder, RunDocument.MetricsFileName), FileMode.CreateNew, FileAccess.Write);
            return true;
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, RunDocument.MetricsFileName)))
        {
            return false;
        }
    }

    private static bool IsRunFolder(string folder) =>
        File.Exists(Path.Combine(folder, RunDocument.FileName)) || File.Exists(Path.Combine(folder, RunDocument.MetricsFileName));

    private static RunDocument NewDocument(
        string id,
        string name,
        DateTimeOffset started,
        IReadOnlyDictionary<string, object?> parameters,
        RunEnvironment? environment) => new()
        {
            Id = id,
            Name = name,
            Status = RunStatus.Running,
            Started = started,
            Heartbeat = started,
            Parameters = new Dictionary<string, object?>(parameters, StringComparer.Ordinal),
            Environment = environment ?? RunEnvironment.Capture(),
        };

    internal static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString(0, Math.Min(slug.Length, 60)).Trim('-');
        return text.Length > 0 ? text : "run";
    }
}
