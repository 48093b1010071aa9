namespace CovidNotebooks.Kernel.Headless;

/// <summary>How the charts of a notebook are drawn as PNG pictures.</summary>
public sealed record ChartPictureOptions
{
    /// <summary>
    /// plotly.js itself. Default: null, it is taken from the notebook's output marked <c>data-covidnotebooks-plotlyjs</c>.
    /// </summary>
    public string? PlotlyJs { get; init; }

    /// <summary>
    /// The browser. Default: null, the first of chromium, chromium-browser, google-chrome, google-chrome-stable on the PATH.
    /// </summary>
    public string? BrowserPath { get; init; }

    /// <summary>Width in pixels; the height follows the chart's layout, 450 where it has none. Default: 700.</summary>
    public int Width { get; init; } = 700;

    /// <summary>The longest that drawing all charts may take. Default: 60 seconds.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The browser that draws where <see cref="BrowserPath"/> names none; null when none is installed.</summary>
    public static string? FindBrowser() => Browser.Find(named: null);
}
