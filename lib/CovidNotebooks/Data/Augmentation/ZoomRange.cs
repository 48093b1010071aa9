namespace CovidNotebooks.Data.Augmentation;

/// <summary>
/// Keras' <c>zoom_range</c>: each axis has its own factor, drawn from [Lowest, Highest). Factors above 1 shrink the picture.
/// </summary>
/// <param name="Lowest">The lowest factor, above 0.</param>
/// <param name="Highest">The highest factor, not below <paramref name="Lowest"/>.</param>
public readonly record struct ZoomRange(double Lowest, double Highest)
{
    /// <summary>No zoom.</summary>
    public static ZoomRange None { get; } = new(1, 1);

    /// <summary>Keras' single number z: factors from 1 - z to 1 + z.</summary>
    public static implicit operator ZoomRange(double zoom) => new(1 - zoom, 1 + zoom);

    internal void Validate()
    {
        if (!double.IsFinite(Lowest) || !double.IsFinite(Highest) || Lowest <= 0 || Highest < Lowest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Lowest),
                $"A zoom range goes from a factor above 0 to one not below it; found {Lowest} to {Highest}. "
                    + "A single number z means 1 - z to 1 + z.");
        }
    }
}
