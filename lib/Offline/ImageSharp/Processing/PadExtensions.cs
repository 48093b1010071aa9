namespace SixLabors.ImageSharp.Processing;

/// <summary>Making a picture larger without changing its pixels.</summary>
public static class PadExtensions
{
    public static IImageProcessingContext Pad(this IImageProcessingContext source, int width, int height) => source.Pad(width, height, default);

    /// <summary>Puts the picture in the middle of a larger one; a side that is larger already stays.</summary>
    public static IImageProcessingContext Pad(this IImageProcessingContext source, int width, int height, Color color)
    {
        var size = source.GetCurrentSize();
        var padded = new Size(Math.Max(width, size.Width), Math.Max(height, size.Height));
        return source.Run(new PlaceOperation(padded, new Point((padded.Width - size.Width) / 2, (padded.Height - size.Height) / 2), color));
    }
}
