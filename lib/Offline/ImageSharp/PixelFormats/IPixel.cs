using System.Numerics;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>A pixel that can be made of, and turned into, the others.</summary>
public interface IPixel
{
    void FromScaledVector4(Vector4 vector);

    Vector4 ToScaledVector4();

    void FromL8(L8 source);

    void FromL16(L16 source);

    void FromLa16(La16 source);

    void FromLa32(La32 source);

    void FromRgb24(Rgb24 source);

    void FromRgb48(Rgb48 source);

    void FromRgba32(Rgba32 source);

    void FromRgba64(Rgba64 source);

    void ToRgba32(ref Rgba32 dest);
}

/// <summary>A pixel type: an unmanaged value whose bytes are the bytes of the picture.</summary>
public interface IPixel<TSelf> : IPixel, IEquatable<TSelf>
    where TSelf : unmanaged, IPixel<TSelf>
{
}
