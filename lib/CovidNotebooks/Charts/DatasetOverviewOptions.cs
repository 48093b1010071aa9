using CovidNotebooks.Data;

namespace CovidNotebooks.Charts;

/// <summary>What a <see cref="DatasetOverview"/> shows.</summary>
public sealed record DatasetOverviewOptions
{
    /// <summary>What the catalogue says, for licence, origin and notes; null, the default, for a folder of your own.</summary>
    public DatasetInfo? Info { get; init; }

    /// <summary>How the images are loaded for training: its augmentation is previewed. Null, the default, for no preview.</summary>
    public LoaderOptions? Loader { get; init; }

    /// <summary>Sample pictures of each class, at least 1; 5 by default.</summary>
    public int PerClass { get; init; } = 5;

    /// <summary>Pictures of each class in the augmentation preview, at least 1; 2 by default.</summary>
    public int AugmentedPerClass { get; init; } = 2;

    /// <summary>Seed of the choice of pictures; 0 by default.</summary>
    public long Seed { get; init; }

    /// <summary>Whether the pictures show nobody, as phantoms do: a published notebook then keeps them. False by default.</summary>
    public bool OfNobody { get; init; }

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PerClass, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AugmentedPerClass, 1);
    }
}
