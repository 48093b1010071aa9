using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>
/// Cells that show values of the packages' own types, as a reader writes them who knows Plotly.NET and Microsoft.Data.Analysis and not this
/// library.
/// </summary>
internal static class PackageDisplays
{
    /// <summary>The folder that the cells run in.</summary>
    public static string Folder => Path.Combine(Repository.Root, "notebooks");

    /// <summary>Makes <c>chart</c> and <c>frame</c>.</summary>
    public const string Make = """
        #r "../lib/bin/CovidNotebooks.dll"
        #r "../lib/bin/Plotly.NET.dll"
        #r "../lib/bin/Microsoft.Data.Analysis.dll"
        using CovidNotebooks.Charts;
        using Microsoft.Data.Analysis;
        using Plotly.NET;
        display(new PlotlyScript().IsAvailable);
        var trace = new Trace2D("scatter");
        trace.SetProperty("y", new[] { 1, 2, 3 });
        var chart = GenericChart.ofTraceObjects(false, Microsoft.FSharp.Collections.ListModule.OfSeq(new Trace[] { trace }));
        var frame = new DataFrame(
            new StringDataFrameColumn("name", ["first run", "second run"]), new DoubleDataFrameColumn("accuracy", [.875, .75]));
        """;

    /// <summary>Shows both as they are.</summary>
    public const string AsTheyAre = "display(chart);\ndisplay(frame);";

    /// <summary>Shows both through this library.</summary>
    public const string ThroughTheLibrary = "display(new CovidNotebooks.Charts.Figure(\"Three\", chart));\n"
        + "display(CovidNotebooks.Runs.FrameTable.Of(frame));";
}
