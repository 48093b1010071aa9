using System.Reflection;
using CovidNotebooks.Display;
using Plotly.NET;

namespace CovidNotebooks.Charts;

/// <summary>
/// plotly.js itself, for the setup cell of a notebook: displayed once, it lets every <see cref="Figure"/> of the notebook draw itself,
/// without a network.
/// </summary>
/// <remarks>
/// The script is the one that the Plotly.NET assembly carries as a resource. It goes into the page as <c>window.Plotly</c>, also where a
/// module loader (RequireJS) is present, and only once.
/// </remarks>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class PlotlyScript : IDisplayed
{
    private const string Opening =
        "<script data-covidnotebooks-plotlyjs>if (!window.Plotly) { (function () { var define, exports, module;\n";

    private const string Closing = "\n})(); }</script>";

    private readonly Assembly assembly;
    private readonly string? resource;

    /// <summary>The script of Plotly.NET.</summary>
    public PlotlyScript()
        : this(typeof(GenericChart).Assembly)
    {
    }

    /// <summary>The script that an assembly carries: its resource whose name contains <c>plotly</c> and ends in <c>.min.js</c>.</summary>
    /// <param name="assembly">An assembly; without such a resource the value shows what to do instead.</param>
    public PlotlyScript(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        this.assembly = assembly;
        resource = Array.Find(assembly.GetManifestResourceNames(), IsPlotlyJs);
    }

    /// <summary>Whether there is a script to show.</summary>
    public bool IsAvailable => resource is not null;

    /// <summary>The script's text, to be put into a page of one's own.</summary>
    /// <exception cref="InvalidOperationException">The assembly carries no plotly.js.</exception>
    public string ReadSource()
    {
        if (resource is null)
        {
            throw new InvalidOperationException(Missing);
        }

        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private string Missing =>
        $"{assembly.GetName().Name} {assembly.GetName().Version} carries no plotly.js, so charts show only as pictures or as text. "
            + "Run ./kit setup, which fetches it, and build again.";

    /// <inheritdoc/>
    public string ToHtml() => IsAvailable
        ? Opening + ReadSource().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase) + Closing
        : $"<div style=\"border-left:4px solid {ChartColors.Orange};padding:6px 10px\">{System.Net.WebUtility.HtmlEncode(Missing)}</div>";

    /// <inheritdoc/>
    public string ToPlainText() => IsAvailable ? "plotly.js is loaded: charts are drawn in the notebook.\n" : Missing + "\n";

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private static bool IsPlotlyJs(string name) =>
        name.Contains("plotly", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".min.js", StringComparison.OrdinalIgnoreCase);
}
