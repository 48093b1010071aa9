namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>Bits of a pixel of a BMP.</summary>
public enum BmpBitsPerPixel : short
{
    Pixel1 = 1,
    Pixel2 = 2,
    Pixel4 = 4,
    Pixel8 = 8,
    Pixel16 = 16,
    Pixel24 = 24,
    Pixel32 = 32,
}
