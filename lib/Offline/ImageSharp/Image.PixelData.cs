using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>Pictures made of pixels in memory.</summary>
public abstract partial class Image
{
    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<TPixel> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel> => LoadPixelData(Configuration.Default, data, width, height);

    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<byte> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel> => LoadPixelData<TPixel>(Configuration.Default, data, width, height);

    public static Image<TPixel> LoadPixelData<TPixel>(Configuration configuration, ReadOnlySpan<byte> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel> => LoadPixelData(configuration, MemoryMarshal.Cast<byte, TPixel>(data), width, height);

    public static Image<TPixel> LoadPixelData<TPixel>(Configuration configuration, ReadOnlySpan<TPixel> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ThrowIfShorter(data.Length, width, height);
        var image = new Image<TPixel>(configuration, width, height, new ImageMetadata(), clear: false);
        data[..image.Pixels.Length].CopyTo(image.Pixels);
        return image;
    }

    public static Image<TPixel> WrapMemory<TPixel>(Configuration configuration, Memory<TPixel> pixelMemory, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ThrowIfShorter(pixelMemory.Length, width, height);
        return new Image<TPixel>(configuration, width, height, pixelMemory);
    }

    public static Image<TPixel> WrapMemory<TPixel>(Memory<TPixel> pixelMemory, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel> => WrapMemory(Configuration.Default, pixelMemory, width, height);

    private static void ThrowIfShorter(int length, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (length < (long)width * height)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"A picture of {width} x {height} pixels needs {(long)width * height} of them.");
        }
    }
}
