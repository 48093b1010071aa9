using System.Text.Json;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>How far a long-running cell has come.</summary>
/// <param name="Value">Steps done.</param>
/// <param name="Total">Steps in all; 0 when not known.</param>
/// <param name="Text">What to write beside the bar.</param>
/// <remarks>
/// A displayed or updated value whose formatters include <see cref="MimeType"/> reports progress, whatever MIME types were asked for:
/// <c>{"value":3,"total":104,"text":"epoch 2/20 loss .41"}</c>. It is for the terminal and is not kept in the notebook.
/// </remarks>
public sealed record ProgressReport(double Value, double Total, string Text)
{
    /// <summary>The MIME type that carries progress.</summary>
    public const string MimeType = "application/vnd.covidnotebooks.progress+json";

    /// <summary>The progress that a value reports; null when its type reports none, or the report cannot be read.</summary>
    internal static ProgressReport? Of(object? value)
    {
        if (value is null || !FormatterRegistry.HasOwn(value.GetType(), MimeType))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(FormatterRegistry.Format(value, MimeType));
            var root = json.RootElement;
            return new ProgressReport(
                root.GetProperty("value").GetDouble(),
                root.TryGetProperty("total", out var total) ? total.GetDouble() : 0,
                root.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "");
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
