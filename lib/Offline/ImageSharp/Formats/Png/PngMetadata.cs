namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>What the header of a PNG says.</summary>
public class PngMetadata : IDeepCloneable
{
    public PngBitDepth? BitDepth { get; set; }

    public PngColorType? ColorType { get; set; }

    public PngInterlaceMode? InterlaceMethod { get; set; } = PngInterlaceMode.None;

    public IDeepCloneable DeepClone() => (PngMetadata)MemberwiseClone();
}
