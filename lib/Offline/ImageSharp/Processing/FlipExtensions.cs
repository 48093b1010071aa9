namespace SixLabors.ImageSharp.Processing;

/// <summary>Mirroring a picture.</summary>
public static class FlipExtensions
{
    public static IImageProcessingContext Flip(this IImageProcessingContext source, FlipMode flipMode) =>
        source.Run(new TurnOperation(transpose: false, flipMode == FlipMode.Horizontal, flipMode == FlipMode.Vertical));
}
