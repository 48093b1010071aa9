using CovidNotebooks.Display;

namespace CovidNotebooks.Charts;

/// <summary>The formatters of <see cref="Figure"/>: HTML, plotly JSON and plain text.</summary>
/// <remarks>Created by a notebook kernel through <see cref="TypeFormatterSourceAttribute"/>; nothing else needs it.</remarks>
public sealed class FigureFormatters
{
    /// <summary>The MIME type that VS Code and JupyterLab draw by themselves.</summary>
    public const string PlotlyMimeType = "application/vnd.plotly.v1+json";

    /// <summary>One formatter a MIME type, in .NET Interactive's shape.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", value => ((Figure)value).ToHtml()),
        new MimeFormatter(PlotlyMimeType, value => ((Figure)value).ToJson()),
        new MimeFormatter("text/plain", value => ((Figure)value).ToPlainText()),
    ];
}
