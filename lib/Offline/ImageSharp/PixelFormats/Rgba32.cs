using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Three 8-bit channels and alpha.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Rgba32 : IPixel<Rgba32>, IPackedVector<uint>
{
    public byte R;
    public byte G;
    public byte B;
    public byte A;

    public Rgba32(byte r, byte g, byte b)
        : this(r, g, b, 255)
    {
    }

    public Rgba32(byte r, byte g, byte b, byte a) => (R, G, B, A) = (r, g, b, a);

    public uint PackedValue
    {
        readonly get => Unsafe.BitCast<Rgba32, uint>(this);
        set => this = Unsafe.BitCast<uint, Rgba32>(value);
    }

    public static bool operator ==(Rgba32 left, Rgba32 right) => left.Equals(right);

    public static bool operator !=(Rgba32 left, Rgba32 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Bytes(vector);
        (R, G, B, A) = ((byte)vector.X, (byte)vector.Y, (byte)vector.Z, (byte)vector.W);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(R, G, B, A) / 255F;

    public void FromL8(L8 source) => (R, G, B, A) = (source.PackedValue, source.PackedValue, source.PackedValue, byte.MaxValue);

    public void FromL16(L16 source) => (R, G, B, A) = (Channel.Narrow(source.PackedValue), Channel.Narrow(source.PackedValue), Channel.Narrow(source.PackedValue), byte.MaxValue);

    public void FromLa16(La16 source) => (R, G, B, A) = (source.L, source.L, source.L, source.A);

    public void FromLa32(La32 source) => (R, G, B, A) = (Channel.Narrow(source.L), Channel.Narrow(source.L), Channel.Narrow(source.L), Channel.Narrow(source.A));

    public void FromRgb24(Rgb24 source) => (R, G, B, A) = (source.R, source.G, source.B, byte.MaxValue);

    public void FromRgb48(Rgb48 source) => (R, G, B, A) = (Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B), byte.MaxValue);

    public void FromRgba32(Rgba32 source) => this = source;

    public void FromRgba64(Rgba64 source) => (R, G, B, A) = (Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B), Channel.Narrow(source.A));

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromRgba32(this);

    public readonly bool Equals(Rgba32 other) => R == other.R && G == other.G && B == other.B && A == other.A;

    public override readonly bool Equals(object? obj) => obj is Rgba32 other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(R, G, B, A);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"Rgba32({R}, {G}, {B}, {A})");
}
