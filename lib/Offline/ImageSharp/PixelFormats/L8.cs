using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>An 8-bit gray pixel.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct L8 : IPixel<L8>, IPackedVector<byte>
{
    public L8(byte luminance) => PackedValue = luminance;

    public byte PackedValue { readonly get; set; }

    public static bool operator ==(L8 left, L8 right) => left.Equals(right);

    public static bool operator !=(L8 left, L8 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector)
    {
        vector = Channel.Bytes(vector);
        PackedValue = Channel.Luminance((byte)vector.X, (byte)vector.Y, (byte)vector.Z);
    }

    public readonly Vector4 ToScaledVector4() => new Vector4(PackedValue, PackedValue, PackedValue, 255) / 255F;

    public void FromL8(L8 source) => this = source;

    public void FromL16(L16 source) => PackedValue = Channel.Narrow(source.PackedValue);

    public void FromLa16(La16 source) => PackedValue = source.L;

    public void FromLa32(La32 source) => PackedValue = Channel.Narrow(source.L);

    public void FromRgb24(Rgb24 source) => PackedValue = Channel.Luminance(source.R, source.G, source.B);

    public void FromRgb48(Rgb48 source) => PackedValue = Channel.Luminance(Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B));

    public void FromRgba32(Rgba32 source) => PackedValue = Channel.Luminance(source.R, source.G, source.B);

    public void FromRgba64(Rgba64 source) => PackedValue = Channel.Luminance(Channel.Narrow(source.R), Channel.Narrow(source.G), Channel.Narrow(source.B));

    public readonly void ToRgba32(ref Rgba32 dest) => dest.FromL8(this);

    public readonly bool Equals(L8 other) => PackedValue == other.PackedValue;

    public override readonly bool Equals(object? obj) => obj is L8 other && Equals(other);

    public override readonly int GetHashCode() => PackedValue.GetHashCode();

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"L8({PackedValue})");
}
