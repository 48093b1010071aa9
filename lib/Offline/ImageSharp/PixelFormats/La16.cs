using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>An 8-bit gray pixel with alpha.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct La16 : IPixel<La16>, IPackedVector<ushort>
{
    public byte L;
    public byte A;

    public La16(byte l, byte a) => (L, A) = (l, a);

    public ushort PackedValue
    {
        readonly get => Unsafe.BitCast<La16, ushort>(this);
        set => this = Unsafe.BitCast<ushort, La16>(value);
    }

    public static bool operator ==(La16 left, La16 right) => left.Equals(right);

    public static bool operator !=(La16 left, La16 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Bytes(vector);
        (L, A) = (Channel.Luminance((byte)vector.X, (byte)vector.Y, (byte)vector.Z), (byte)vector.W);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(L, L, L, A) / 255F;

    public void FromL8(L8 source) => (L, A) = (source.PackedValue, byte.MaxValue);

    public void FromL16(L16 source) => (L, A) = (Channel.Narrow(source.PackedValue), byte.MaxValue);

    public void FromLa16(La16 source) => this = source;

    public void FromLa32(La32 source) => (L, A) = (Channel.Narrow(source.L), Channel.Narrow(source.A));

    public void FromRgb24(Rgb24 source) => (L, A) = (Channel.Luminance(source.R, source.G, source.B), byte.MaxValue);

    public void FromRgb48(Rgb48 source) => (L, A) = (Channel.Luminance(Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B)), byte.MaxValue);

    public void FromRgba32(Rgba32 source) => (L, A) = (Channel.Luminance(source.R, source.G, source.B), source.A);

    public void FromRgba64(Rgba64 source) => (L, A) = (Channel.Luminance(Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B)), Channel.Narrow(source.A));

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromLa16(this);

    public readonly bool Equals(La16 other) => L == other.L && A == other.A;

    public override readonly bool Equals(object? obj) => obj is La16 other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(L, A);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"La16({L}, {A})");
}
