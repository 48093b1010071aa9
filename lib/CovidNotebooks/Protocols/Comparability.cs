using CovidNotebooks.Display;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Protocols;

/// <summary>
/// Whether a run is the document's experiment, so that its numbers may be set against the published ones. Decided by the run's settings
/// alone.
/// </summary>
/// <remarks>
/// A record that what ran has written is asked for its images (<c>data</c>), the weights to start from (<c>model.weights</c>) and every
/// other setting that the document has. A record of before (format 1) has <c>data</c>, <c>weights</c> and <c>differs</c>, typed by hand.
/// Another pretrained network with ImageNet weights (<c>model.trunk</c>) is said beside the comparison and does not hinder it; settings
/// that only move a number by chance, such as the seed, are no hindrance either.
/// </remarks>
public static class Comparability
{
    /// <summary>What keeps a run's numbers from being compared with the document's, one clause each; empty when nothing does.</summary>
    /// <param name="protocol">The document.</param>
    /// <param name="parameters">The run's settings.</param>
    public static IReadOnlyList<string> Differences(Protocol protocol, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(parameters);
        return
        [
            .. new[]
            {
                Data(protocol, RecordedFact.Data.TextOf(parameters)),
                Weights(protocol, RecordedFact.Weights.TextOf(parameters)),
            }.OfType<string>(),
            .. parameters.ContainsKey(RecordedFact.Epochs.Name) ? SettingDifferences.Of(protocol, parameters) : Told(parameters),
        ];
    }

    /// <summary>
    /// What is said beside a comparison: that another trunk with ImageNet weights stood in for the document's; null where it was the
    /// document's.
    /// </summary>
    /// <param name="protocol">The document.</param>
    /// <param name="parameters">The run's settings.</param>
    public static string? Remark(Protocol protocol, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(parameters);
        return protocol.PublishedTrunk is { } published
            && (parameters.GetValueOrDefault("model.trunk") ?? parameters.GetValueOrDefault("trunk")) is string trunk
            && !string.Equals(trunk, published, StringComparison.Ordinal)
            ? $"{trunk} with ImageNet weights instead of {published}"
            : null;
    }

    private static string? Data(Protocol protocol, string? data) => data switch
    {
        null => "the run does not say on which images it was made",
        "phantoms" => "the run was made on phantoms",
        _ when protocol.Dataset is null => $"other images: the document's cannot be had, {data} stands in",
        _ when !string.Equals(data, protocol.Dataset, StringComparison.Ordinal) => $"other images: {data} in place of {protocol.Dataset}",
        _ => null,
    };

    private static string? Weights(Protocol protocol, string? weights) =>
        string.Equals(weights ?? "none", protocol.Weights, StringComparison.Ordinal) ? null
        : weights is null ? $"the run does not say that it started from the document's weights ({Named(protocol.Weights)})"
        : $"other weights than {Named(protocol.Weights)}: {Named(weights)}";

    private static IEnumerable<string> Told(IReadOnlyDictionary<string, object?> parameters) =>
        parameters.GetValueOrDefault("differs") switch
        {
            null => [],
            string sentence => sentence.Length > 0 ? [sentence] : [],
            System.Collections.IEnumerable sentences => sentences.Cast<object?>().OfType<string>(),
            var other => [DisplayedNumber.ValueText(other)],
        };

    private static string Named(string weights) => weights switch
    {
        "imagenet" => "ImageNet's",
        "none" => "random numbers",
        _ => weights,
    };
}
