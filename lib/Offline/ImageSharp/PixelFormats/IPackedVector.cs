namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>A pixel whose channels can be read as one number.</summary>
public interface IPackedVector<TPacked> : IPixel
    where TPacked : struct, IEquatable<TPacked>
{
    TPacked PackedValue { get; set; }
}
