using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Three 16-bit channels.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Rgb48 : IPixel<Rgb48>
{
    public ushort R;
    public ushort G;
    public ushort B;

    public Rgb48(ushort r, ushort g, ushort b) => (R, G, B) = (r, g, b);

    public static bool operator ==(Rgb48 left, Rgb48 right) => left.Equals(right);

    public static bool operator !=(Rgb48 left, Rgb48 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Words(vector);
        (R, G, B) = ((ushort)vector.X, (ushort)vector.Y, (ushort)vector.Z);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(R, G, B, 65535) / 65535F;

    public void FromL8(L8 source) => (R, G, B) = (Channel.Widen(source.PackedValue), Channel.Widen(source.PackedValue), Channel.Widen(source.PackedValue));

    public void FromL16(L16 source) => (R, G, B) = (source.PackedValue, source.PackedValue, source.PackedValue);

    public void FromLa16(La16 source) => (R, G, B) = (Channel.Widen(source.L), Channel.Widen(source.L), Channel.Widen(source.L));

    public void FromLa32(La32 source) => (R, G, B) = (source.L, source.L, source.L);

    public void FromRgb24(Rgb24 source) => (R, G, B) = (Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B));

    public void FromRgb48(Rgb48 source) => this = source;

    public void FromRgba32(Rgba32 source) => (R, G, B) = (Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B));

    public void FromRgba64(Rgba64 source) => (R, G, B) = (source.R, source.G, source.B);

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromRgb48(this);

    public readonly bool Equals(Rgb48 other) => R == other.R && G == other.G && B == other.B;

    public override readonly bool Equals(object? obj) => obj is Rgb48 other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(R, G, B);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"Rgb48({R}, {G}, {B})");
}
