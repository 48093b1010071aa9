namespace Plotly.NET;

/// <summary>What a chart starts from when it is made with defaults.</summary>
public static class Defaults
{
    public static int DefaultWidth { get; set; } = 600;

    public static int DefaultHeight { get; set; } = 600;

    public static Config DefaultConfig { get; set; } = Config.init(Responsive: true);

    public static DisplayOptions DefaultDisplayOptions { get; set; } = NewDisplayOptions();

    public static Template DefaultTemplate { get; set; } = ChartTemplates.plotly;

    public static void reset()
    {
        DefaultWidth = 600;
        DefaultHeight = 600;
        DefaultConfig = Config.init(Responsive: true);
        DefaultDisplayOptions = DisplayOptions.initCDNOnly();
        DefaultTemplate = ChartTemplates.plotly;
    }

    private static DisplayOptions NewDisplayOptions() =>
        DisplayOptions.setDocumentTitle("Plotly.NET Datavisualization").Invoke(DisplayOptions.initCDNOnly());
}
