using CovidNotebooks.Models.Weights;

namespace CovidNotebooks.Protocols;

/// <summary>A document whose network stands on one that others trained: documents 1, 3 and 4.</summary>
public abstract record PretrainedProtocol : Protocol
{
    private readonly PretrainedTrunk? trunk;

    /// <summary>The network that its trunk is.</summary>
    public abstract PretrainedNetwork PretrainedNetwork { get; }

    /// <summary>
    /// The trunk that is taken (<see cref="PretrainedTrunk.Find"/>); null: the document's network with random numbers. Setting it also sets
    /// <see cref="Protocol.Normalization"/> where these weights expect another input than the document gives its own.
    /// </summary>
    public PretrainedTrunk? Trunk
    {
        get => trunk;
        init
        {
            trunk = value;
            Normalization = value?.InputNormalization ?? Normalization;
        }
    }

    /// <summary>The document's experiment as a recorded trunk would have it: with the input that those weights expect.</summary>
    internal override Protocol AsPublishedOn(IReadOnlyDictionary<string, object?> recorded) =>
        OtherWeights(recorded) is { } weights ? AsPublished with { Normalization = weights.Normalization } : AsPublished;

    private protected override string? TrunkWords => Trunk?.Words;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object?> ModelSettings =>
        new Dictionary<string, object?>(NetworkSettings, StringComparer.Ordinal) { [string.Empty] = NetworkName };

    /// <summary>The kind of network that <see cref="Protocol.Model"/> builds.</summary>
    private protected abstract string NetworkName { get; }

    /// <summary>Its settings.</summary>
    private protected abstract IReadOnlyDictionary<string, object?> NetworkSettings { get; }

    /// <summary>The record's weights where they are not the document's own file.</summary>
    private PretrainedWeights? OtherWeights(IReadOnlyDictionary<string, object?> recorded)
    {
        var weights = PretrainedWeights.All.FirstOrDefault(weights =>
            string.Equals(weights.FileName, recorded.GetValueOrDefault("model.weights_file") as string, StringComparison.Ordinal));
        return weights is null || weights.Equals(PretrainedWeights.All.First(own => own.Network == PretrainedNetwork)) ? null : weights;
    }
}
