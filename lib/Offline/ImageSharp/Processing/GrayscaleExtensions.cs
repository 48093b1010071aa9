namespace SixLabors.ImageSharp.Processing;

/// <summary>Taking the colour out of a picture.</summary>
public static class GrayscaleExtensions
{
    public static IImageProcessingContext Grayscale(this IImageProcessingContext source) => source.Grayscale(GrayscaleMode.Bt709, 1);

    public static IImageProcessingContext Grayscale(this IImageProcessingContext source, float amount) => source.Grayscale(GrayscaleMode.Bt709, amount);

    public static IImageProcessingContext Grayscale(this IImageProcessingContext source, GrayscaleMode mode) => source.Grayscale(mode, 1);

    public static IImageProcessingContext Grayscale(this IImageProcessingContext source, GrayscaleMode mode, float amount)
    {
        if (amount is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "The amount of gray is 0 to 1.");
        }

        return source.Run(new GrayscaleOperation(mode, amount));
    }
}
