namespace SixLabors.ImageSharp;

/// <summary>One picture of a file; the formats that are read here have one.</summary>
public abstract class ImageFrame : IDisposable
{
    private protected ImageFrame(Image image) => Image = image;

    public Configuration Configuration => Image.Configuration;

    public int Width => Image.Width;

    public int Height => Image.Height;

    private protected Image Image { get; }

    public Size Size() => Image.Size;

    public Rectangle Bounds() => Image.Bounds;

    /// <summary>Does nothing: the pixels are the picture's.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
