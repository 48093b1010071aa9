using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>One picture of a file, with its pixels.</summary>
public sealed class ImageFrame<TPixel> : ImageFrame
    where TPixel : unmanaged, IPixel<TPixel>
{
    internal ImageFrame(Image<TPixel> image)
        : base(image)
    {
    }

    private Image<TPixel> Pixels => (Image<TPixel>)Image;

    public TPixel this[int x, int y]
    {
        get => Pixels[x, y];
        set => Pixels[x, y] = value;
    }

    public void ProcessPixelRows(PixelAccessorAction<TPixel> processPixels) => Pixels.ProcessPixelRows(processPixels);

    public void CopyPixelDataTo(Span<TPixel> destination) => Pixels.CopyPixelDataTo(destination);

    public void CopyPixelDataTo(Span<byte> destination) => Pixels.CopyPixelDataTo(destination);

    public bool DangerousTryGetSinglePixelMemory(out Memory<TPixel> memory) => Pixels.DangerousTryGetSinglePixelMemory(out memory);
}
