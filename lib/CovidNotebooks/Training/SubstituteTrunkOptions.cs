using CovidNotebooks.Data.Augmentation;

namespace CovidNotebooks.Training;

/// <summary>How a <see cref="SubstituteTrunk"/> is trained.</summary>
public sealed record SubstituteTrunkOptions
{
    /// <summary>Rows and columns that the images are resized to; at least 32. Default 64: small, because a processor has to do it in minutes.</summary>
    public int ImageSize { get; init; } = 64;

    /// <summary>Epochs; at least 1. Default 4.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Images a batch. Default 16.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Batches an epoch; null for as many as the images fill. Default 90.</summary>
    public int? StepsPerEpoch { get; init; } = 90;

    /// <summary>Adam's learning rate. Default 1e-4, which VGG16 without batch normalisation can bear.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>What the later experiment feeds the trunk; null, the default, for grey levels divided by 255.</summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>Share of the images, whole patients at a time, that are only measured on. Default .1.</summary>
    public double ValidationShare { get; init; } = .1;

    /// <summary>Seeds everything. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads that load images. Default 2.</summary>
    public int Workers { get; init; } = 2;

    /// <summary><c>cpu</c> or <c>cuda</c>. Default <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ImageSize, 32);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        if (!(ValidationShare > 0 && ValidationShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ValidationShare), ValidationShare, "The share of the validation images is strictly between 0 and 1, for example 0.1.");
        }
    }
}
