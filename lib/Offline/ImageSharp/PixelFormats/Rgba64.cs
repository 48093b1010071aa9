using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Three 16-bit channels and alpha.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Rgba64 : IPixel<Rgba64>, IPackedVector<ulong>
{
    public ushort R;
    public ushort G;
    public ushort B;
    public ushort A;

    public Rgba64(ushort r, ushort g, ushort b, ushort a) => (R, G, B, A) = (r, g, b, a);

    public ulong PackedValue
    {
        readonly get => Unsafe.BitCast<Rgba64, ulong>(this);
        set => this = Unsafe.BitCast<ulong, Rgba64>(value);
    }

    public static bool operator ==(Rgba64 left, Rgba64 right) => left.Equals(right);

    public static bool operator !=(Rgba64 left, Rgba64 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Words(vector);
        (R, G, B, A) = ((ushort)vector.X, (ushort)vector.Y, (ushort)vector.Z, (ushort)vector.W);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(R, G, B, A) / 65535F;

    public void FromL8(L8 source) => (R, G, B, A) = (Channel.Widen(source.PackedValue), Channel.Widen(source.PackedValue), Channel.Widen(source.PackedValue), ushort.MaxValue);

    public void FromL16(L16 source) => (R, G, B, A) = (source.PackedValue, source.PackedValue, source.PackedValue, ushort.MaxValue);

    public void FromLa16(La16 source) => (R, G, B, A) = (Channel.Widen(source.L), Channel.Widen(source.L), Channel.Widen(source.L), Channel.Widen(source.A));

    public void FromLa32(La32 source) => (R, G, B, A) = (source.L, source.L, source.L, source.A);

    public void FromRgb24(Rgb24 source) => (R, G, B, A) = (Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B), ushort.MaxValue);

    public void FromRgb48(Rgb48 source) => (R, G, B, A) = (source.R, source.G, source.B, ushort.MaxValue);

    public void FromRgba32(Rgba32 source) => (R, G, B, A) = (Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B), Channel.Widen(source.A));

    public void FromRgba64(Rgba64 source) => this = source;

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromRgba64(this);

    public readonly bool Equals(Rgba64 other) => R == other.R && G == other.G && B == other.B && A == other.A;

    public override readonly bool Equals(object? obj) => obj is Rgba64 other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(R, G, B, A);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"Rgba64({R}, {G}, {B}, {A})");
}
