namespace CovidNotebooks.Charts;

/// <summary>
/// The colours of the charts: the palette of Okabe and Ito (2008), which people with any common colour blindness can tell apart.
/// </summary>
public static class ChartColors
{
    /// <summary>Blue: training, the first class, the first curve.</summary>
    public const string Blue = "#0072B2";

    /// <summary>Vermilion: validation, the second class, the second curve.</summary>
    public const string Vermilion = "#D55E00";

    /// <summary>Bluish green.</summary>
    public const string Green = "#009E73";

    /// <summary>Reddish purple.</summary>
    public const string Purple = "#CC79A7";

    /// <summary>Orange.</summary>
    public const string Orange = "#E69F00";

    /// <summary>Sky blue.</summary>
    public const string SkyBlue = "#56B4E9";

    /// <summary>Dark grey: text and reference lines.</summary>
    public const string Ink = "#333333";

    /// <summary>Grey: what would be seen by chance, published values, notes.</summary>
    public const string Grey = "#767676";

    /// <summary>Light grey: grid lines.</summary>
    public const string Grid = "#E3E3E3";

    private static readonly string[] Series = [Blue, Vermilion, Green, Purple, Orange, SkyBlue, Ink];

    /// <summary>How many colours there are before they repeat.</summary>
    internal static int Count => Series.Length;

    /// <summary>The colour of series, class or curve number <paramref name="index"/> (from 0); after seven they repeat.</summary>
    public static string Of(int index) => Series[index % Series.Length];

    /// <summary>A colour of this palette, made transparent.</summary>
    /// <param name="color">A colour written <c>#RRGGBB</c>.</param>
    /// <param name="opacity">0 (invisible) to 1.</param>
    internal static string WithOpacity(string color, double opacity)
    {
        var red = Convert.ToInt32(color.Substring(1, 2), 16);
        var green = Convert.ToInt32(color.Substring(3, 2), 16);
        var blue = Convert.ToInt32(color.Substring(5, 2), 16);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rgba({red},{green},{blue},{opacity:0.##})");
    }
}
