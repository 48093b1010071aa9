using System.Globalization;

namespace CovidNotebooks.Charts;

/// <summary>
/// Colours of a heat from 0 to 1: points of viridis (Smith and van der Walt 2015), in equal steps for the eye with any common colour
/// blindness and in grey.
/// </summary>
internal static class HeatColors
{
    private static readonly (byte Red, byte Green, byte Blue)[] Stops =
        [(0x44, 0x01, 0x54), (0x3B, 0x52, 0x8B), (0x21, 0x91, 0x8C), (0x5E, 0xC9, 0x62), (0xFD, 0xE7, 0x25)];

    /// <summary>The scale as plotly reads it.</summary>
    public static object[] Scale => [.. Stops.Select((color, i) => (object)new object[]
    {
        i / (Stops.Length - 1.0),
        string.Create(CultureInfo.InvariantCulture, $"#{color.Red:X2}{color.Green:X2}{color.Blue:X2}"),
    })];

    /// <summary>The colour of a heat, linear between the points.</summary>
    /// <param name="heat">0 to 1.</param>
    public static (double Red, double Green, double Blue) Of(double heat)
    {
        var position = heat * (Stops.Length - 1);
        var before = Math.Min((int)position, Stops.Length - 2);
        var (from, to, part) = (Stops[before], Stops[before + 1], position - before);
        return (Between(from.Red, to.Red), Between(from.Green, to.Green), Between(from.Blue, to.Blue));

        double Between(byte one, byte other) => one + ((other - one) * part);
    }
}
