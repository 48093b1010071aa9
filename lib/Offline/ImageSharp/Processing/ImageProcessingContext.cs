namespace SixLabors.ImageSharp.Processing;

/// <summary>Changes a picture, one operation after the other.</summary>
internal sealed class ImageProcessingContext(Image image, Configuration configuration) : IImageProcessingContext
{
    public Configuration Configuration => configuration;

    public IDictionary<object, object> Properties { get; } = new Dictionary<object, object>();

    public Image Image => image;

    public Size GetCurrentSize() => image.Size;
}
