using System.Globalization;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A colour with alpha, whatever the pixels that it is painted on.</summary>
public readonly struct Color : IEquatable<Color>
{
    public static readonly Color Transparent = FromRgba(255, 255, 255, 0);
    public static readonly Color Black = FromRgb(0, 0, 0);
    public static readonly Color White = FromRgb(255, 255, 255);
    public static readonly Color Gray = FromRgb(128, 128, 128);
    public static readonly Color Red = FromRgb(255, 0, 0);
    public static readonly Color Green = FromRgb(0, 128, 0);
    public static readonly Color Blue = FromRgb(0, 0, 255);
    public static readonly Color Yellow = FromRgb(255, 255, 0);
    public static readonly Color Orange = FromRgb(255, 165, 0);

    private readonly Rgba64 value;

    private Color(Rgba64 pixel) => value = pixel;

    public static bool operator ==(Color left, Color right) => left.Equals(right);

    public static bool operator !=(Color left, Color right) => !left.Equals(right);

    public static Color FromRgb(byte r, byte g, byte b) => FromRgba(r, g, b, 255);

    public static Color FromRgba(byte r, byte g, byte b, byte a) => FromPixel(new Rgba32(r, g, b, a));

    public static Color FromPixel<TPixel>(TPixel pixel)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Rgba64 wide = default;
        PixelRows.Convert<TPixel, Rgba64>([pixel], new Span<Rgba64>(ref wide));
        return new Color(wide);
    }

    public static Color ParseHex(string hex) =>
        TryParseHex(hex, out var color) ? color : throw new ArgumentException($"\"{hex}\" is not a colour in hexadecimal (RGB, RGBA, RRGGBB or RRGGBBAA).", nameof(hex));

    public static bool TryParseHex(string hex, out Color result)
    {
        result = default;
        var digits = (hex ?? "").TrimStart('#');
        if (digits.Length is 3 or 4)
        {
            digits = string.Concat(digits.Select(digit => new string(digit, 2)));
        }

        if (digits.Length == 6)
        {
            digits += "FF";
        }

        if (digits.Length != 8 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
        {
            return false;
        }

        result = FromRgba((byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
        return true;
    }

    public TPixel ToPixel<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        TPixel pixel = default;
        pixel.FromRgba64(value);
        return pixel;
    }

    public string ToHex()
    {
        var pixel = ToPixel<Rgba32>();
        return string.Create(CultureInfo.InvariantCulture, $"{pixel.R:X2}{pixel.G:X2}{pixel.B:X2}{pixel.A:X2}");
    }

    public bool Equals(Color other) => value.Equals(other.value);

    public override bool Equals(object? obj) => obj is Color other && Equals(other);

    public override int GetHashCode() => value.GetHashCode();

    public override string ToString() => ToHex();
}
