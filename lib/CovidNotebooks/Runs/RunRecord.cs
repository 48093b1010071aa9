using CovidNotebooks.Audit;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Runs;

/// <summary>A run as it was found on disk.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed record RunRecord : IDisplayed
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

    /// <summary>Its settings: string, bool, long, double, arrays of them, or null.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

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

    /// <summary>The audit in two or three words: <c>clean</c>, <c>not known</c>, <c>3 flags</c>, <c>not audited</c>, or <c>unreadable</c>.</summary>
    public string AuditVerdict { get; init; } = AuditRecord.NotAudited;

    /// <summary>What is wrong with its files, one sentence each; empty for a sound run.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Whether its <c>predictions.csv</c> is there.</summary>
    public bool HasPredictions => File.Exists(Path.Combine(Folder, RunDocument.PredictionsFileName));

    /// <summary>Reads <c>predictions.csv</c>.</summary>
    /// <exception cref="FileNotFoundException">The run saved no predictions.</exception>
    /// <exception cref="InvalidDataException">The file is not what the run saved, or cannot be read; the message names the line.</exception>
    public Predictions LoadPredictions()
    {
        var path = Path.Combine(Folder, RunDocument.PredictionsFileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"Run '{Id}' has no {RunDocument.PredictionsFileName}. It was not evaluated, or the file was removed.", RunDocument.PredictionsFileName);
        }

        if (Files.TryGetValue(RunDocument.PredictionsFileName, out var saved) && RunFile.Of(path) is var found && found != saved)
        {
            throw new InvalidDataException($"{RunDocument.PredictionsFileName} of run '{Id}' is not the file that the run saved: {found.Bytes} bytes were found, {saved.Bytes} with another checksum were saved. Do not use its numbers; run the experiment again.");
        }

        return PredictionsFile.Read(path);
    }

    /// <inheritdoc/>
    public string ToHtml() => AsCard().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => AsCard().ToPlainText();

    private Card AsCard()
    {
        var card = new Card($"Run {Id}").Add("name", Name).Add("status", Status).Add("reason", Reason).Add("started", Started?.ToString("u")).Add("ended", Ended?.ToString("u")).Add("audit", AuditVerdict);
        foreach (var flag in Audit?.Flags ?? [])
        {
            card.Add("audit flag", flag);
        }

        foreach (var sentence in Audit?.NotSearched ?? [])
        {
            card.Add("audit, not searched", sentence);
        }

        foreach (var (name, value) in Parameters)
        {
            card.Add("params." + name, value);
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
}
