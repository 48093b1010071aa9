using System.Text.Json;
using System.Text.Json.Serialization;

namespace CovidNotebooks.Training;

/// <summary>
/// The part of a checkpoint that is no tensor: JSON in the metadata of its safetensors file, so that both are one file and written at once.
/// </summary>
internal sealed record CheckpointDocument(
    int Format,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<EpochRecord> Epochs,
    StoppingState? StoppingState,
    StopReason StopReason,
    string StopExplanation,
    long PendingImages,
    long Iterations,
    double LearningRate)
{
    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentFormat = 2;

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not such a document.</exception>
    public static CheckpointDocument FromJson(string text) =>
        JsonSerializer.Deserialize<CheckpointDocument>(text, Json) ?? throw new JsonException("The document is null.");
}
