namespace Plotly.NET;

/// <summary>How an HTML page gets plotly.js.</summary>
public sealed class PlotlyJSReference
{
    private PlotlyJSReference(string kind, string? url = null)
    {
        Kind = kind;
        Url = url;
    }

    public static PlotlyJSReference Full { get; } = new("Full");

    public static PlotlyJSReference NoReference { get; } = new("NoReference");

    public bool IsCDN => Kind == "CDN";

    public bool IsFull => Kind == "Full";

    public bool IsNoReference => Kind == "NoReference";

    public bool IsRequire => Kind == "Require";

    internal string? Url { get; }

    private string Kind { get; }

    public static PlotlyJSReference NewCDN(string item) => new("CDN", item);

    public static PlotlyJSReference NewRequire(string item) => new("Require", item);

    public override string ToString() => Url is null ? Kind : $"{Kind} \"{Url}\"";
}
