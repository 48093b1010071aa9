namespace SixLabors.ImageSharp.Processing;

/// <summary>Cutting a picture.</summary>
public static class CropExtensions
{
    /// <summary>Keeps the part of this size from the top left corner.</summary>
    public static IImageProcessingContext Crop(this IImageProcessingContext source, int width, int height) =>
        source.Crop(new Rectangle(0, 0, width, height));

    public static IImageProcessingContext Crop(this IImageProcessingContext source, Rectangle cropRectangle)
    {
        var bounds = source.Image().Bounds;
        return cropRectangle.Width > 0 && cropRectangle.Height > 0 && bounds.Contains(cropRectangle)
            ? source.Run(new PlaceOperation(new Size(cropRectangle.Width, cropRectangle.Height), new Point(-cropRectangle.X, -cropRectangle.Y), default))
            : throw new ArgumentException($"{cropRectangle} does not lie in the picture of {bounds.Width} x {bounds.Height} pixels.", nameof(cropRectangle));
    }
}
