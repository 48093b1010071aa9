using CovidNotebooks.Recording;

namespace CovidNotebooks.Models;

/// <summary>What follows a hidden dense layer.</summary>
public enum HiddenActivation
{
    /// <summary>Sigmoid, as document 5 prints it.</summary>
    Sigmoid,

    /// <summary>ReLU.</summary>
    Relu,
}

/// <summary>The sizes of <see cref="PneumoniaCnn"/> that a document names.</summary>
public sealed record PneumoniaCnnOptions : IRecordedSettings
{
    private const int LeastSide = 22;

    /// <summary>Rows and columns of an input image; at least 22, so that something is left after three convolutions. Default 150.</summary>
    [Unit("pixels")]
    public int ImageSize { get; init; } = PneumoniaCnn.ImageSize;

    /// <summary>Outputs of the hidden dense layer; at least 1. Default 128.</summary>
    public int HiddenUnits { get; init; } = 128;

    /// <summary>What follows it. Default sigmoid.</summary>
    public HiddenActivation HiddenActivation { get; init; } = HiddenActivation.Sigmoid;

    /// <summary>Share of its outputs that are dropped in training; from 0 to below 1. Default .5.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Rows and columns of the last map: three times a 3 × 3 convolution without padding and a pooling of 2.</summary>
    internal int MapSize => (((((ImageSize - 2) / 2) - 2) / 2) - 2) / 2;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> ToSettings() => FlatSettings.FromRandomWeights(this);

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ImageSize, LeastSide);
        InputShape.RequireSize(ImageSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenUnits, 1);
        DropoutShare.Require(Dropout, nameof(Dropout));
    }
}
