using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A picture in memory, whatever its pixels are.</summary>
public abstract partial class Image : IDisposable
{
    private protected Image(Configuration configuration, PixelTypeInfo pixelType, ImageMetadata metadata, Size size) =>
        (Configuration, PixelType, Metadata, Size) = (configuration, pixelType, metadata, size);

    public Configuration Configuration { get; }

    public PixelTypeInfo PixelType { get; }

    public int Width => Size.Width;

    public int Height => Size.Height;

    public ImageMetadata Metadata { get; }

    public Size Size { get; private set; }

    public Rectangle Bounds => new(0, 0, Width, Height);

    public ImageFrameCollection Frames => NonGenericFrameCollection;

    protected abstract ImageFrameCollection NonGenericFrameCollection { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public void Save(Stream stream, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(encoder);
        ThrowIfDisposed();
        EncodeWith(encoder, stream);
    }

    public Task SaveAsync(Stream stream, IImageEncoder encoder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(encoder);
        ThrowIfDisposed();
        return EncodeWithAsync(encoder, stream, cancellationToken);
    }

    public Image<TPixel2> CloneAs<TPixel2>()
        where TPixel2 : unmanaged, IPixel<TPixel2> => CloneAs<TPixel2>(Configuration);

    public abstract Image<TPixel2> CloneAs<TPixel2>(Configuration configuration)
        where TPixel2 : unmanaged, IPixel<TPixel2>;

    internal abstract void ThrowIfDisposed();

    internal abstract Image CloneUntyped(Configuration configuration);

    internal abstract void Apply(IImageOperation operation);

    private protected abstract void EncodeWith(IImageEncoder encoder, Stream stream);

    private protected abstract Task EncodeWithAsync(IImageEncoder encoder, Stream stream, CancellationToken cancellationToken);

    protected void UpdateSize(Size size) => Size = size;

    protected abstract void Dispose(bool disposing);
}
