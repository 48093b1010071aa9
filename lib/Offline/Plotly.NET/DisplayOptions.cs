using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>What surrounds a chart in an HTML document.</summary>
public class DisplayOptions : DynamicObj.DynamicObj
{
    internal const string PlotlyJsUrl = "https://cdn.plot.ly/plotly-2.27.1.min.js";

    public static DisplayOptions initCDNOnly()
    {
        var options = new DisplayOptions();
        options.SetValue("PlotlyJSReference", PlotlyJSReference.NewCDN(PlotlyJsUrl));
        return options;
    }

    public static DisplayOptions combine(DisplayOptions first, DisplayOptions second) =>
        (DisplayOptions)DynamicObj.DynObj.combine(first, second);

    public static FSharpFunc<DisplayOptions, DisplayOptions> setPlotlyReference(PlotlyJSReference plotlyReference) =>
        Setter("PlotlyJSReference", plotlyReference);

    public static FSharpFunc<DisplayOptions, DisplayOptions> setDocumentTitle(string documentTitle) =>
        Setter("DocumentTitle", documentTitle);

    public static FSharpOption<PlotlyJSReference> tryGetPlotlyReference(DisplayOptions displayOpts) =>
        displayOpts.TryGetTypedValue<PlotlyJSReference>("PlotlyJSReference");

    public static PlotlyJSReference getPlotlyReference(DisplayOptions displayOpts) =>
        tryGetPlotlyReference(displayOpts)?.Value ?? PlotlyJSReference.NoReference;

    public static FSharpOption<string> tryGetDocumentTitle(DisplayOptions displayOpts) =>
        displayOpts.TryGetTypedValue<string>("DocumentTitle");

    public static string getDocumentTitle(DisplayOptions displayOpts) => tryGetDocumentTitle(displayOpts)?.Value ?? "";

    private static FSharpFunc<DisplayOptions, DisplayOptions> Setter<T>(string name, T value) =>
        FSharpFunc<DisplayOptions, DisplayOptions>.FromConverter(options =>
        {
            options.SetValue(name, value);
            return options;
        });
}
