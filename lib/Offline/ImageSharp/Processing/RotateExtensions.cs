namespace SixLabors.ImageSharp.Processing;

/// <summary>Turning a picture by quarters.</summary>
public static class RotateExtensions
{
    public static IImageProcessingContext Rotate(this IImageProcessingContext source, RotateMode rotateMode) => source.Run(TurnOperation.Clockwise(rotateMode));
}
