namespace SixLabors.ImageSharp.Metadata;

/// <summary>What the resolution of a picture counts.</summary>
public enum PixelResolutionUnit : byte
{
    AspectRatio = 0,
    PixelsPerInch = 1,
    PixelsPerCentimeter = 2,
    PixelsPerMeter = 3,
}
