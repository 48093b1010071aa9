using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Changing a picture, or a copy of it.</summary>
public static class ProcessingExtensions
{
    public static void Mutate(this Image source, Action<IImageProcessingContext> operation)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Mutate(source.Configuration, operation);
    }

    public static void Mutate(this Image source, Configuration configuration, Action<IImageProcessingContext> operation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(operation);
        source.ThrowIfDisposed();
        operation(new ImageProcessingContext(source, configuration));
    }

    public static void Mutate<TPixel>(this Image<TPixel> source, Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel> => ((Image)source).Mutate(operation);

    public static Image Clone(this Image source, Action<IImageProcessingContext> operation)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Clone(source.Configuration, operation);
    }

    public static Image Clone(this Image source, Configuration configuration, Action<IImageProcessingContext> operation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(operation);
        source.ThrowIfDisposed();
        var clone = source.CloneUntyped(configuration);
        try
        {
            operation(new ImageProcessingContext(clone, configuration));
            return clone;
        }
        catch
        {
            clone.Dispose();
            throw;
        }
    }

    public static Image<TPixel> Clone<TPixel>(this Image<TPixel> source, Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel> => (Image<TPixel>)((Image)source).Clone(operation);
}
