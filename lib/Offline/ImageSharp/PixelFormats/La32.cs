using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>A 16-bit gray pixel with alpha.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct La32 : IPixel<La32>, IPackedVector<uint>
{
    public ushort L;
    public ushort A;

    public La32(ushort l, ushort a) => (L, A) = (l, a);

    public uint PackedValue
    {
        readonly get => Unsafe.BitCast<La32, uint>(this);
        set => this = Unsafe.BitCast<uint, La32>(value);
    }

    public static bool operator ==(La32 left, La32 right) => left.Equals(right);

    public static bool operator !=(La32 left, La32 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Words(vector);
        (L, A) = (Channel.Luminance((ushort)vector.X, (ushort)vector.Y, (ushort)vector.Z), (ushort)vector.W);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(L, L, L, A) / 65535F;

    public void FromL8(L8 source) => (L, A) = (Channel.Widen(source.PackedValue), ushort.MaxValue);

    public void FromL16(L16 source) => (L, A) = (source.PackedValue, ushort.MaxValue);

    public void FromLa16(La16 source) => (L, A) = (Channel.Widen(source.L), Channel.Widen(source.A));

    public void FromLa32(La32 source) => this = source;

    public void FromRgb24(Rgb24 source) => (L, A) = (Channel.Luminance(Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B)), ushort.MaxValue);

    public void FromRgb48(Rgb48 source) => (L, A) = (Channel.Luminance(source.R, source.G, source.B), ushort.MaxValue);

    public void FromRgba32(Rgba32 source) => (L, A) = (Channel.Luminance(Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B)), Channel.Widen(source.A));

    public void FromRgba64(Rgba64 source) => (L, A) = (Channel.Luminance(source.R, source.G, source.B), source.A);

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromLa32(this);

    public readonly bool Equals(La32 other) => L == other.L && A == other.A;

    public override readonly bool Equals(object? obj) => obj is La32 other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(L, A);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"La32({L}, {A})");
}
