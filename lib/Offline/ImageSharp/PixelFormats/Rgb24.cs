using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Three 8-bit channels.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Rgb24 : IPixel<Rgb24>
{
    public byte R;
    public byte G;
    public byte B;

    public Rgb24(byte r, byte g, byte b) => (R, G, B) = (r, g, b);

    public static bool operator ==(Rgb24 left, Rgb24 right) => left.Equals(right);

    public static bool operator !=(Rgb24 left, Rgb24 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Bytes(vector);
        (R, G, B) = ((byte)vector.X, (byte)vector.Y, (byte)vector.Z);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(R, G, B, 255) / 255F;

    public void FromL8(L8 source) => (R, G, B) = (source.PackedValue, source.PackedValue, source.PackedValue);

    public void FromL16(L16 source) => (R, G, B) = (Channel.Narrow(source.PackedValue), Channel.Narrow(source.PackedValue), Channel.Narrow(source.PackedValue));

    public void FromLa16(La16 source) => (R, G, B) = (source.L, source.L, source.L);

    public void FromLa32(La32 source) => (R, G, B) = (Channel.Narrow(source.L), Channel.Narrow(source.L), Channel.Narrow(source.L));

    public void FromRgb24(Rgb24 source) => this = source;

    public void FromRgb48(Rgb48 source) => (R, G, B) = (Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B));

    public void FromRgba32(Rgba32 source) => (R, G, B) = (source.R, source.G, source.B);

    public void FromRgba64(Rgba64 source) => (R, G, B) = (Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B));

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromRgb24(this);

    public readonly bool Equals(Rgb24 other) => R == other.R && G == other.G && B == other.B;

    public override readonly bool Equals(object? obj) => obj is Rgb24 other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(R, G, B);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"Rgb24({R}, {G}, {B})");
}
