namespace CovidNotebooks.Kernel.Headless;

/// <summary>What a published notebook must not hold, and what stands in its place.</summary>
public sealed record PublishOptions
{
    /// <summary>Where the published notebook is written.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Strings that must not occur in an output, such as the data folder, the working directory, the home folder. Default: none.
    /// </summary>
    public IReadOnlyList<string> ForbiddenStrings { get; init; } = [];

    /// <summary>The default of <see cref="PlotlyJsNotice"/>.</summary>
    public const string DefaultPlotlyJsNotice = "Charts are pictures here. Run this notebook to see them as interactive charts.";

    /// <summary>The line that replaces plotly.js. Default: <see cref="DefaultPlotlyJsNotice"/>.</summary>
    public string PlotlyJsNotice { get; init; } = DefaultPlotlyJsNotice;
}
