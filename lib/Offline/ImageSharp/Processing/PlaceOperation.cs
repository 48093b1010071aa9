using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Puts the picture at a place of a new one: cropping and padding.</summary>
internal sealed class PlaceOperation(Size size, Point at, Color background) : IImageOperation
{
    public void Run<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var target = new Image<TPixel>(image.Configuration, size.Width, size.Height, background.ToPixel<TPixel>());
        var part = Rectangle.Intersect(new Rectangle(at, image.Size), target.Bounds);
        for (var y = part.Top; y < part.Bottom; y++)
        {
            image.Row(y - at.Y).Slice(part.X - at.X, part.Width).CopyTo(target.Row(y)[part.X..]);
        }

        image.TakeOver(target);
    }
}
