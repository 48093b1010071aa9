namespace SixLabors.ImageSharp.Processing;

/// <summary>Turning a picture and mirroring it.</summary>
public static class RotateFlipExtensions
{
    public static IImageProcessingContext RotateFlip(this IImageProcessingContext source, RotateMode rotateMode, FlipMode flipMode) =>
        source.Rotate(rotateMode).Flip(flipMode);
}
