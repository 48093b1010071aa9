using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CovidNotebooks.Runs;

/// <summary>The content of <c>run.json</c>.</summary>
internal sealed record RunDocument
{
    /// <summary>2: settings are written by what runs, in groups. 1: they were typed by hand.</summary>
    public const int CurrentFormat = 2;
    public const string FileName = "run.json";
    public const string MetricsFileName = "metrics.jsonl";
    public const string PredictionsFileName = "predictions.csv";
    public const string AuditFileName = "audit.json";
    public const string WeightsFileName = "model.safetensors";
    public const string ValidationFileName = "validation.csv";

    /// <summary>In a line of <c>metrics.jsonl</c>: which training of the run it is of, where it is not the first.</summary>
    public const string FitMetric = "fit";

    /// <summary>What the names of an audit's results begin with.</summary>
    public const string AuditPrefix = "audit.";

    /// <summary>Indented, for people.</summary>
    public static readonly JsonSerializerOptions Indented = Options(indented: true);

    /// <summary>One line, for <c>metrics.jsonl</c>.</summary>
    public static readonly JsonSerializerOptions OneLine = Options(indented: false);

    [JsonRequired]
    public int Format { get; init; } = CurrentFormat;

    [JsonRequired]
    public string Id { get; init; } = string.Empty;

    [JsonRequired]
    public string Name { get; init; } = string.Empty;

    [JsonRequired]
    public RunStatus Status { get; init; }

    public string? Reason { get; init; }

    [JsonRequired]
    public DateTimeOffset Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    [JsonRequired]
    public DateTimeOffset Heartbeat { get; init; }

    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What each of several trainings has of its own, where they differ; empty for one training.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Trainings { get; init; } = [];

    public IReadOnlyDictionary<string, double> Results { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public RunEnvironment? Environment { get; init; }

    /// <summary>Lines in <c>metrics.jsonl</c>, known once the run has ended.</summary>
    public int? MetricLines { get; init; }

    public IReadOnlyDictionary<string, RunFile> Files { get; init; } = new Dictionary<string, RunFile>(StringComparer.Ordinal);

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ParameterValueConverter() },
    };
}
