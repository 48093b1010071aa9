using System.Globalization;
using Newtonsoft.Json;

namespace Plotly.NET;

/// <summary>A colour, a list of colours, or a list of numbers that a colour scale turns into colours.</summary>
[JsonConverter(typeof(ColorConverter))]
public sealed class Color
{
    private Color(object value) => Value = value;

    public object Value { get; }

    public static Color fromARGB(int a, int r, int g, int b)
    {
        if (new[] { a, r, g, b }.Any(part => part is < 0 or > 255))
        {
            throw new ArgumentException("Value for component needs to be between 0 and 255.", nameof(a));
        }

        return new(string.Create(CultureInfo.InvariantCulture, $"rgba({r}, {g}, {b}, {a / 255.0:0.0})"));
    }

    public static Color fromRGB(int r, int g, int b) => fromARGB(255, r, g, b);

    public static Color fromHex(string s)
    {
        var digits = s.TrimStart('#');
        digits = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
        return digits.Length == 6 ? fromRGB(Part(0), Part(2), Part(4)) : throw new ArgumentException("Invalid hex color format", nameof(s));

        int Part(int start) => int.Parse(digits.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    public static Color fromString(string c) => new(c);

    public static Color fromColors(IEnumerable<Color> c) => new(c.Select(color => color.Value).ToArray());

    public static Color fromColorScaleValues<a>(IEnumerable<a> c)
        where a : IConvertible => new(c);

    public override bool Equals(object? other) => other is Color color && Equals(Value, color.Value);

    public override int GetHashCode() => Value.GetHashCode();
}
