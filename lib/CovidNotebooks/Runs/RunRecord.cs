using CovidNotebooks.Audit;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Runs;

/// <summary>A run as it was found on disk.</summary>
public sealed record RunRecord : DisplayedRecord
{
    /// <summary>The name of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The name that it was created with; the folder's name where the record cannot be read.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public string? Reason { get; init; }

    /// <summary>When it started; null where the record cannot be read.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>When it last said that it lives.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    /// <summary>
    /// The version of its record: 2 where what ran wrote its settings, 1 where they were typed by hand; 0 where it cannot be read.
    /// </summary>
    public int Format { get; init; }

    /// <summary>
    /// Its settings: string, bool, long, double, arrays of them, or null. Of several trainings what they share; <see cref="Trainings"/>
    /// holds the rest.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What each of several trainings has of its own; empty where there is nothing.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Trainings { get; init; } = [];

    /// <summary>
    /// What the record does not say of a run that trained, one sentence each; empty for a record that what ran has written.
    /// </summary>
    public IReadOnlyList<string> NotRecorded
    {
        get
        {
            var known = Trainings.Count > 0
                ? Parameters.Concat(Trainings[0]).DistinctBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal)
                : Parameters;
            var missing = RecordedFact.All.Where(fact => !fact.IsIn(known)).Select(fact => fact.Words).ToArray();
            string[] sentences =
            [
                .. Format == 1 ? ["Its settings were typed beside what ran (record format 1), so they may not be what ran."]
                : Array.Empty<string>(),
                .. (Format == 1 || Metrics.Count > 0) && missing.Length > 0 ? [$"Not recorded: {string.Join(", ", missing)}."]
                : Array.Empty<string>(),
            ];
            return sentences;
        }
    }

    /// <summary>Its final results.</summary>
    public IReadOnlyDictionary<string, double> Results { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What it was computed with.</summary>
    public RunEnvironment? Environment { get; init; }

    /// <summary>The lines of its <c>metrics.jsonl</c> that could be read.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];

    /// <summary>Files that were saved with it.</summary>
    public IReadOnlyDictionary<string, RunFile> Files { get; init; } = new Dictionary<string, RunFile>(StringComparer.Ordinal);

    /// <summary>What the audit of its data found; null where there was none or its file cannot be read.</summary>
    public AuditRecord? Audit { get; init; }

    /// <summary>
    /// The audit in two or three words: <c>clean</c>, <c>not known</c>, <c>3 flags</c>, <c>not audited</c>, or <c>unreadable</c>.
    /// </summary>
    public string AuditVerdict { get; init; } = AuditRecord.NotAudited;

    /// <summary>What is wrong with its files, one sentence each; empty for a sound run.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Whether its <c>predictions.csv</c> is there.</summary>
    public bool HasPredictions => File.Exists(Path.Combine(Folder, RunDocument.PredictionsFileName));

    /// <summary>Reads <c>predictions.csv</c>.</summary>
    /// <exception cref="FileNotFoundException">The run saved no predictions.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not what the run saved, or cannot be read; the message names the line.
    /// </exception>
    public Predictions LoadPredictions()
    {
        var path = Path.Combine(Folder, RunDocument.PredictionsFileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"Run '{Id}' has no {RunDocument.PredictionsFileName}. It was not evaluated, or the file was removed.",
                RunDocument.PredictionsFileName);
        }

        if (Files.TryGetValue(RunDocument.PredictionsFileName, out var saved) && RunFile.Of(path) is var found && found != saved)
        {
            throw new InvalidDataException(
                $"{RunDocument.PredictionsFileName} of run '{Id}' is not the file that the run saved: {found.Bytes} bytes were found, "
                    + $"{saved.Bytes} with another checksum were saved. Do not use its numbers; run the experiment again.");
        }

        return PredictionsFile.Read(path);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    private Card AsCard()
    {
        var card = new Card($"Run {Id}").Add("name", Name).Add("status", Status).Add("reason", Reason)
            .Add("started", Started?.ToString("u")).Add("ended", Ended?.ToString("u")).Add("audit", AuditVerdict);
        foreach (var flag in Audit?.Flags ?? [])
        {
            card.Add("audit flag", flag);
        }

        foreach (var sentence in Audit?.NotSearched ?? [])
        {
            card.Add("audit, not searched", sentence);
        }

        foreach (var (group, settings) in SettingGroups.Of(Parameters))
        {
            AddGroup(card, group.Length == 0 ? "settings" : group, settings);
        }

        foreach (var (training, i) in Trainings.Select((training, i) => (training, i)))
        {
            AddGroup(card, $"training {i + 1} of {Trainings.Count}", training);
        }

        foreach (var sentence in NotRecorded)
        {
            card.Add("not recorded", sentence);
        }

        foreach (var (name, value) in Results)
        {
            card.Add("metrics." + name, value);
        }

        foreach (var problem in Problems)
        {
            card.Add("problem", problem);
        }

        return card;
    }

    /// <summary>A heading, and the settings of the group below it.</summary>
    private static void AddGroup(Card card, string group, IEnumerable<KeyValuePair<string, object?>> settings)
    {
        var own = settings.ToArray();
        card.Add(
            $"[{group}]",
            own.Where(pair => pair.Key.Length == 0).Select(pair => DisplayedSetting.Text(pair.Value)).FirstOrDefault() ?? string.Empty);
        foreach (var (name, value) in own.Where(pair => pair.Key.Length > 0))
        {
            card.Add("  " + name, DisplayedSetting.Text(value));
        }
    }
}
