using CovidNotebooks.Display;

namespace CovidNotebooks.Models.Weights;

/// <summary>Whether pretrained weights are on this disk. It shows itself as a card.</summary>
public sealed class PretrainedWeightsSearch : Displayed
{
    internal PretrainedWeightsSearch(PretrainedWeights weights, string? path)
    {
        Weights = weights;
        FilePath = path;
    }

    /// <summary>What was looked for.</summary>
    public PretrainedWeights Weights { get; }

    /// <summary>The file; null when it is not there.</summary>
    public string? FilePath { get; }

    /// <summary>Whether the file is there.</summary>
    public bool Found => FilePath is not null;

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    private Card AsCard() => new Card($"Pretrained weights: {Weights.Title}")
        .Add("on this disk", Found ? $"yes, {Weights.FileName}" : $"no: there is no weights/{Weights.FileName} in the data folder")
        .Add("digest", $"{Weights.HashAlgorithm} {Weights.Digest}")
        .Add("source", Weights.SourcePage)
        .Add("licence", Weights.Licence)
        .Add("input", $"{PretrainedWeights.InputSize} x {PretrainedWeights.InputSize}, {Weights.Normalization}")
        .Add("how to have them", Found ? "-" : $"./kit weights get {Weights.Name}");
}
