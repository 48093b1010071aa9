using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>Works on the rows of a picture.</summary>
public delegate void PixelAccessorAction<TPixel>(PixelAccessor<TPixel> pixelAccessor)
    where TPixel : unmanaged, IPixel<TPixel>;

/// <summary>Works on the rows of two pictures.</summary>
public delegate void PixelAccessorAction<TPixel1, TPixel2>(PixelAccessor<TPixel1> pixelAccessor1, PixelAccessor<TPixel2> pixelAccessor2)
    where TPixel1 : unmanaged, IPixel<TPixel1>
    where TPixel2 : unmanaged, IPixel<TPixel2>;

/// <summary>Works on the rows of three pictures.</summary>
public delegate void PixelAccessorAction<TPixel1, TPixel2, TPixel3>(
    PixelAccessor<TPixel1> pixelAccessor1,
    PixelAccessor<TPixel2> pixelAccessor2,
    PixelAccessor<TPixel3> pixelAccessor3)
    where TPixel1 : unmanaged, IPixel<TPixel1>
    where TPixel2 : unmanaged, IPixel<TPixel2>
    where TPixel3 : unmanaged, IPixel<TPixel3>;

/// <summary>The rows of a picture while it is being worked on.</summary>
public readonly ref struct PixelAccessor<TPixel>
    where TPixel : unmanaged, IPixel<TPixel>
{
    private readonly Span<TPixel> pixels;

    internal PixelAccessor(Span<TPixel> pixels, int width, int height)
    {
        this.pixels = pixels;
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public Span<TPixel> GetRowSpan(int rowIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rowIndex, Height);
        return pixels.Slice(rowIndex * Width, Width);
    }
}
