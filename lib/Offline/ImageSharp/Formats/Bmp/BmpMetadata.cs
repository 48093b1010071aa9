namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>What the header of a BMP says.</summary>
public class BmpMetadata : IDeepCloneable
{
    public BmpBitsPerPixel BitsPerPixel { get; set; } = BmpBitsPerPixel.Pixel24;

    public IDeepCloneable DeepClone() => (BmpMetadata)MemberwiseClone();
}
