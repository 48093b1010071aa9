using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>A 16-bit gray pixel.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct L16 : IPixel<L16>, IPackedVector<ushort>
{
    public L16(ushort luminance) => PackedValue = luminance;

    public ushort PackedValue { readonly get; set; }

    public static bool operator ==(L16 left, L16 right) => left.Equals(right);

    public static bool operator !=(L16 left, L16 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Words(vector);
        PackedValue = Channel.Luminance((ushort)vector.X, (ushort)vector.Y, (ushort)vector.Z);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(PackedValue, PackedValue, PackedValue, 65535) / 65535F;

    public void FromL8(L8 source) => PackedValue = Channel.Widen(source.PackedValue);

    public void FromL16(L16 source) => this = source;

    public void FromLa16(La16 source) => PackedValue = Channel.Widen(source.L);

    public void FromLa32(La32 source) => PackedValue = source.L;

    public void FromRgb24(Rgb24 source) => PackedValue = Channel.Luminance(Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B));

    public void FromRgb48(Rgb48 source) => PackedValue = Channel.Luminance(source.R, source.G, source.B);

    public void FromRgba32(Rgba32 source) => PackedValue = Channel.Luminance(Channel.Widen(source.R), Channel.Widen(source.G), Channel.Widen(source.B));

    public void FromRgba64(Rgba64 source) => PackedValue = Channel.Luminance(source.R, source.G, source.B);

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromL16(this);

    public readonly bool Equals(L16 other) => PackedValue == other.PackedValue;

    public override readonly bool Equals(object? obj) => obj is L16 other && Equals(other);

    public override readonly int GetHashCode() => PackedValue.GetHashCode();

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"L16({PackedValue})");
}
