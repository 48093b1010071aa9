using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats;

/// <summary>What encoders have in common.</summary>
public abstract class ImageEncoder : IImageEncoder
{
    public bool SkipMetadata { get; init; }

    public void Encode<TPixel>(Image<TPixel> image, Stream stream)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        image.ThrowIfDisposed();
        Encode(image, stream, CancellationToken.None);
    }

    public async Task EncodeAsync<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        image.ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        using var memory = new MemoryStream();
        Encode(image, memory, cancellationToken);
        memory.Position = 0;
        await memory.CopyToAsync(stream, cancellationToken);
    }

    protected abstract void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
        where TPixel : unmanaged, IPixel<TPixel>;
}
