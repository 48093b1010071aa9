using System.Numerics;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Arithmetic of 8- and 16-bit channels.</summary>
internal static class Channel
{
    /// <summary>8 bits to 16: 255 becomes 65535.</summary>
    public static ushort Widen(byte value) => (ushort)(value * 257);

    /// <summary>16 bits to 8, rounded to the nearest.</summary>
    public static byte Narrow(ushort value) => (byte)(((value * 255) + 32895) >> 16);

    /// <summary>Luminance after ITU-R BT.709.</summary>
    public static byte Luminance(byte r, byte g, byte b) => (byte)float.ConvertToIntegerNative<int>((r * .2126F) + (g * .7152F) + (b * .0722F) + .5F);

    /// <summary>Luminance after ITU-R BT.709.</summary>
    public static ushort Luminance(ushort r, ushort g, ushort b) => (ushort)float.ConvertToIntegerNative<int>((r * .2126F) + (g * .7152F) + (b * .0722F) + .5F);

    /// <summary>Channels of 0..1 as bytes, in a vector.</summary>
    public static Vector4 Bytes(Vector4 scaled) => Whole(scaled, 255F);

    /// <summary>Channels of 0..1 as 16-bit numbers, in a vector.</summary>
    public static Vector4 Words(Vector4 scaled) => Whole(scaled, 65535F);

    private static Vector4 Whole(Vector4 scaled, float maximum) =>
        Vector4.Min(Vector4.Max((scaled * maximum) + new Vector4(.5F), Vector4.Zero), new Vector4(maximum));
}
