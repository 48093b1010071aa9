namespace CovidNotebooks.Data.Augmentation;

/// <summary>A box of an image.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct CropBox(int Top, int Left, int Height, int Width);

/// <summary>
/// torchvision's <c>RandomResizedCrop</c> and <c>RandomHorizontalFlip</c>: a random part of the image, resized to the loader's size; it is
/// cut out first, so the resizing never sees pixels outside it.
/// </summary>
public sealed record RandomResizedCrop
{
    private const int Attempts = 10;

    /// <summary>Lowest and highest share of the area. Default .08 to 1.</summary>
    public (double Lowest, double Highest) Scale { get; init; } = (0.08, 1);

    /// <summary>Lowest and highest ratio of width to height, absolute, not relative to the image's own. Default 3/4 to 4/3.</summary>
    public (double Lowest, double Highest) Ratio { get; init; } = (3 / 4.0, 4 / 3.0);

    /// <summary>Probability of mirroring left to right. Default .5; 0 for never.</summary>
    public double HorizontalFlipProbability { get; init; } = 0.5;

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A range is empty or not positive, or the probability is not between 0 and 1.
    /// </exception>
    public void Validate()
    {
        if (!(Scale.Lowest > 0 && Scale.Lowest <= Scale.Highest && Scale.Highest <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Scale), $"The share of the area goes from a number above 0 to at most 1; found {Scale}.");
        }

        if (!(Ratio.Lowest > 0 && Ratio.Lowest <= Ratio.Highest && double.IsFinite(Ratio.Highest)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Ratio), $"The ratio goes from a number above 0 to one not below it; found {Ratio}.");
        }

        if (!(HorizontalFlipProbability >= 0 && HorizontalFlipProbability <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(HorizontalFlipProbability), HorizontalFlipProbability, "A probability is between 0 and 1.");
        }
    }

    /// <summary>
    /// Draws a box: up to ten tries of area and ratio (single precision, the ratio uniform in its logarithm), then top, then left.
    /// </summary>
    public CropBox Draw(ref RandomStream random, int width, int height)
    {
        var (lowestLog, highestLog) = (MathF.Log((float)Ratio.Lowest), MathF.Log((float)Ratio.Highest));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (float)random.NextDouble(Scale.Lowest, Scale.Highest);
            var ratio = MathF.Exp((float)random.NextDouble(lowestLog, highestLog));
            if (Fit(width, height, area, ratio) is var (boxWidth, boxHeight))
            {
                var top = random.NextInt(height - boxHeight + 1);
                return new CropBox(top, random.NextInt(width - boxWidth + 1), boxHeight, boxWidth);
            }
        }

        return Central(width, height);
    }

    /// <summary>The size of a box of a share of the area and a ratio, rounded half to even; null when it does not fit.</summary>
    public static (int Width, int Height)? Fit(int width, int height, double areaFraction, double aspectRatio)
    {
        var area = (double)((long)width * height) * areaFraction;
        var boxWidth = (int)Math.Round(Math.Sqrt(area * aspectRatio), MidpointRounding.ToEven);
        var boxHeight = (int)Math.Round(Math.Sqrt(area / aspectRatio), MidpointRounding.ToEven);
        return boxWidth > 0 && boxWidth <= width && boxHeight > 0 && boxHeight <= height ? (boxWidth, boxHeight) : null;
    }

    /// <summary>The largest central box whose ratio is in the range: what is taken when no try fits.</summary>
    public CropBox Central(int width, int height)
    {
        var ratio = (double)width / height;
        var (boxWidth, boxHeight) = ratio < Ratio.Lowest ? (width, (int)Math.Round(width / Ratio.Lowest, MidpointRounding.ToEven))
            : ratio > Ratio.Highest ? ((int)Math.Round(height * Ratio.Highest, MidpointRounding.ToEven), height)
            : (width, height);
        return new CropBox((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
    }
}
