using CovidNotebooks.Recording;

namespace CovidNotebooks.Models;

/// <summary>The head of <see cref="CovidXrayVgg16"/>.</summary>
public sealed record CovidXrayVgg16Options
{
    private const int Reduction = 32;
    private const int PublishedWindow = 4;

    /// <summary>
    /// Rows and columns of an input image; a multiple of 32, at least 128, so that the document's window fits the map. Default 224.
    /// </summary>
    [Unit("pixels")]
    public int ImageSize { get; init; } = CovidXrayVgg16.ImageSize;

    /// <summary>What the head sees of the trunk's map. Default: the document's window of 4 × 4 cells.</summary>
    public Vgg16Pooling Pooling { get; init; } = Vgg16Pooling.TopLeftWindow;

    /// <summary>Outputs of the hidden dense layer; at least 1. Default 64.</summary>
    public int HiddenUnits { get; init; } = 64;

    /// <summary>Share of its outputs that are dropped in training; from 0 to below 1. Default .5.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Rows and columns that are averaged.</summary>
    internal int Window => Pooling == Vgg16Pooling.WholeMap ? ImageSize / Reduction : PublishedWindow;

    /// <summary>Averages of a channel: 1 for the document's size of picture.</summary>
    internal int PooledCells => ImageSize / Reduction / Window * (ImageSize / Reduction / Window);

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ImageSize, PublishedWindow * Reduction);
        InputShape.RequireSize(ImageSize);
        if (ImageSize % Reduction != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(ImageSize),
                ImageSize,
                $"The trunk makes one cell of {Reduction} pixels: the size is a multiple of {Reduction}, for example 224.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenUnits, 1);
        DropoutShare.Require(Dropout, nameof(Dropout));
    }
}
