using CovidNotebooks.Recording;

namespace CovidNotebooks.Models;

/// <summary>The layers of <see cref="CovidCtCnn"/>: the three networks of document 2, and what differs from them by <c>with</c>.</summary>
/// <param name="Name">What the document's network is called here: <c>Large</c>, <c>Small</c> or <c>Final</c>.</param>
/// <param name="Convolutions">
/// Filters and kernel side of each convolution; each is padded to keep its size, followed by ReLU and a pooling of 2.
/// </param>
/// <param name="Dense">Units and dropped share of each hidden dense layer.</param>
public sealed record CovidCtCnnOptions(
    string Name, IReadOnlyList<(int Filters, int Kernel)> Convolutions, IReadOnlyList<(int Units, double Dropout)> Dense)
    : IRecordedSettings
{
    /// <summary>The document's base model: three convolutions with large, even kernels; 4,987,361 parameters.</summary>
    public static CovidCtCnnOptions Large { get; } = new(nameof(Large), [(128, 4), (64, 8), (32, 16)], [(128, 0.3)]);

    /// <summary>The document's second model: five convolutions; 671,185 parameters.</summary>
    public static CovidCtCnnOptions Small { get; } = new(
        nameof(Small), [(16, 1), (32, 3), (64, 5), (64, 5), (64, 5)], [(128, 0.4), (64, 0.5), (8, 0.3)]);

    /// <summary>The document's third model: the second without its last convolution and pooling; 2,010,513 parameters.</summary>
    public static CovidCtCnnOptions Final { get; } = new(
        nameof(Final), [(16, 1), (32, 3), (64, 5), (64, 5)], [(128, 0.4), (64, 0.5), (8, 0.3)]);

    /// <summary>Rows and columns of an input image. Default 248.</summary>
    [Unit("pixels")]
    public int ImageSize { get; init; } = CovidCtCnn.ImageSize;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> ToSettings() => FlatSettings.FromRandomWeights(this);

    /// <summary>Throws when a layer is impossible.</summary>
    /// <exception cref="ArgumentException">
    /// There is no convolution, a number is below 1, or the picture is smaller than its poolings.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A dropped share is not from 0 to below 1.</exception>
    public void Validate()
    {
        if (Convolutions.Count == 0
            || Convolutions.Any(layer => layer.Filters < 1 || layer.Kernel < 1)
            || Dense.Any(layer => layer.Units < 1)
            || ImageSize >> Convolutions.Count < 1)
        {
            throw new ArgumentException(
                $"{Name} has {Convolutions.Count} convolutions, {Dense.Count} dense layers and pictures of {ImageSize} pixels; "
                    + "expected one convolution or more, "
                + "at least one filter, kernel and unit in each, and at least one pixel left after the poolings.");
        }

        foreach (var (_, dropout) in Dense)
        {
            DropoutShare.Require(dropout, nameof(Dense));
        }
    }
}
