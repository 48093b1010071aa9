using CovidNotebooks.Display;

namespace CovidNotebooks.Charts;

/// <summary>The formatters of <see cref="LiveTraining"/>: those of a figure, and the progress that a terminal shows as a bar.</summary>
/// <remarks>Created by a notebook kernel through <see cref="TypeFormatterSourceAttribute"/>; nothing else needs it.</remarks>
public sealed class LiveTrainingFormatters
{
    /// <summary>The MIME type that moves a terminal's progress bar; it is not kept in the notebook.</summary>
    public const string ProgressMimeType = "application/vnd.covidnotebooks.progress+json";

    /// <summary>One formatter a MIME type, in .NET Interactive's shape.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", value => ((LiveTraining)value).ToHtml()),
        new MimeFormatter(FigureFormatters.PlotlyMimeType, value => ((LiveTraining)value).ToJson()),
        new MimeFormatter("text/plain", value => ((LiveTraining)value).ToPlainText()),
        new MimeFormatter(ProgressMimeType, value => ((LiveTraining)value).ToProgressJson()),
    ];
}
