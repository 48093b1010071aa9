using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>What an audit of the data found, as <c>audit.json</c> in a run's folder keeps it.</summary>
public sealed record AuditRecord
{
    /// <summary>The version of the file that this library writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The verdict on a run whose data nobody looked at.</summary>
    public const string NotAudited = "not audited";

    /// <summary>The file's version.</summary>
    [JsonRequired]
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Why the data were not audited; null where they were.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>What was found, one sentence each; empty for clean data.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>What could not be looked for or was not, and why, one sentence each.</summary>
    [JsonRequired]
    public IReadOnlyList<string> NotSearched { get; init; } = [];

    /// <summary>The parts of the split, in their order; null or empty where there was no audit, or one of before they were kept.</summary>
    public IReadOnlyList<AuditedPart>? Parts { get; init; }

    /// <summary>Counts and accuracies, named <c>audit.*</c>.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, double> Results { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Found, where there are flags; else not known, where something could not be looked at; else clean.</summary>
    [JsonIgnore]
    public AuditState State =>
        Flags.Count > 0 ? AuditState.Found : NotSearched.Count > 0 || SkippedBecause is not null ? AuditState.NotKnown : AuditState.Clean;

    /// <summary>
    /// In two or three words: <c>clean</c>, <c>not known</c> (nothing was found, and not everything could be looked at), <c>3 flags</c> or
    /// <c>not audited</c>.
    /// </summary>
    [JsonIgnore]
    public string Verdict =>
        SkippedBecause is not null ? NotAudited
        : Flags.Count > 0 ? DisplayedNumber.Counted(Flags.Count, "flag", "flags")
        : AuditCheck.Words(State);

    internal void Write(string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        JsonSerializer.Serialize(stream, this, Json);
        stream.WriteByte((byte)'\n');
        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="JsonException">The text is no such record, or of another version.</exception>
    internal static AuditRecord Read(Stream stream) =>
        JsonSerializer.Deserialize<AuditRecord>(stream, Json) is
        {
            Format: CurrentFormat,
            Flags: not null,
            NotSearched: not null,
            Results: not null,
        } record
            ? record
            : throw new JsonException($"It is no audit of format {CurrentFormat}, which this version reads.");
}
