using System.Security.Cryptography;
using System.Text;
using CovidNotebooks.Display;
using Plotly.NET;

namespace CovidNotebooks.Charts;

/// <summary>
/// A chart that shows itself in a notebook. The HTML waits for the plotly.js that <see cref="PlotlyScript"/> put into the page;
/// where no script runs, it shows the picture that a headless run adds.
/// </summary>
[TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = ["text/html", FigureFormatters.PlotlyMimeType, "text/plain"])]
public sealed class Figure : IDisplayed
{
    /// <summary>A figure of a chart.</summary>
    /// <param name="title">What the chart shows; also read out to people who cannot see it.</param>
    /// <param name="chart">The chart. It must not be changed afterwards.</param>
    public Figure(string title, GenericChart chart)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(chart);
        Title = title;
        Chart = chart;
    }

    private Figure(Figure figure, string summary)
        : this(figure.Title, figure.Chart) => Summary = summary;

    /// <summary>What the chart shows.</summary>
    public string Title { get; }

    /// <summary>What one would see by unfolding it; null where the chart stands open.</summary>
    public string? Summary { get; }

    /// <summary>The chart itself, to be saved, combined or restyled with Plotly.NET.</summary>
    public GenericChart Chart { get; }

    /// <summary>The same chart for those who want to see it: folded in HTML until a reader opens it.</summary>
    /// <param name="summary">What one would see by unfolding it; the chart's title by default.</param>
    public Figure Folded(string? summary = null) => new(this, summary ?? $"Chart: {Title}");

    /// <summary>The chart as plotly JSON: <c>{"data": …, "layout": …, "config": …}</c>.</summary>
    public string ToJson() => GenericChart.toJson(Chart);

    /// <inheritdoc/>
    public string ToHtml() => FigureHtml.Of(this, Identity(), GenericChart.tryGetLayoutSize(Chart).Item2?.Value);

    /// <inheritdoc/>
    /// <remarks>The title, then one line a trace: its name and how many points it has.</remarks>
    public string ToPlainText()
    {
        var text = new StringBuilder(Title).Append('\n');
        foreach (var trace in GenericChart.getTraces(Chart))
        {
            if (trace.TryGetPropertyValue("name")?.Value is string { Length: > 0 } name)
            {
                text.Append("  ").Append(name.Replace("<br>", " ", StringComparison.Ordinal)).Append(": ").Append(TracePoints.Count(trace))
                    .Append(" points\n");
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    /// <summary>The same for equal figures, so that a notebook that is run again does not change.</summary>
    private Guid Identity() => new(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())).AsSpan(0, 16));
}
