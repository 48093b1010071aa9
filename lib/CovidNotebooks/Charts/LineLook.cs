namespace CovidNotebooks.Charts;

/// <summary>How a curve is drawn.</summary>
/// <param name="Color">Its colour.</param>
internal sealed record LineLook(string Color)
{
    /// <summary>The suffix of the panel's axes: empty, "2", "3" …</summary>
    public string Panel { get; init; } = "";

    public double Width { get; init; } = 2;

    public string Dash { get; init; } = "solid";

    /// <summary><c>linear</c>, or <c>hv</c> and <c>vh</c> for steps.</summary>
    public string Shape { get; init; } = "linear";

    public bool Markers { get; init; }

    public string Symbol { get; init; } = "circle";

    public bool InLegend { get; init; } = true;

    /// <summary>plotly's hover template; null for the value alone.</summary>
    public string? Hover { get; init; }
}
