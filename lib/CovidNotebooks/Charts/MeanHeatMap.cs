using System.Globalization;
using CovidNotebooks.Explanation;

namespace CovidNotebooks.Charts;

/// <summary>Where, on average over many images, a network found what speaks for a class: shows no image, so a published notebook keeps it.</summary>
public static class MeanHeatMap
{
    private const int MostCells = 75;
    private const int PanelsARow = 2;

    /// <summary>One panel a true class that has images.</summary>
    /// <param name="maps">The maps; each is divided by its own maximum before the mean is taken, so that every image counts the same.</param>
    /// <param name="title">Whose maps, on what.</param>
    public static Figure Of(ActivationMaps maps, string title = "Mean Grad-CAM by true class")
    {
        ArgumentNullException.ThrowIfNull(maps);
        var names = maps.Dataset.ClassNames;
        var panels = names.Select((name, label) => new Panel(name, [.. maps.Items.Where(item => item.Image.Label == label)]));
        return Draw(maps, title, [.. panels.Where(panel => panel.Items.Length > 0)]);
    }

    /// <summary>One panel a true and a predicted class that have images in common: whether the network looks elsewhere where it is wrong.</summary>
    /// <param name="maps">The maps; each is divided by its own maximum before the mean is taken, so that every image counts the same.</param>
    /// <param name="title">Whose maps, on what.</param>
    public static Figure ByOutcome(ActivationMaps maps, string title = "Mean Grad-CAM by true and predicted class")
    {
        ArgumentNullException.ThrowIfNull(maps);
        var names = maps.Dataset.ClassNames;
        var panels = names.SelectMany((name, label) => names.Select((predicted, number) => new Panel(
            $"{name} called {predicted}",
            [.. maps.Items.Where(item => item.Image.Label == label && item.Activation.PredictedClass == number)])));
        return Draw(maps, title, [.. panels.Where(panel => panel.Items.Length > 0)]);
    }

    private static Figure Draw(ActivationMaps maps, string title, Panel[] panels)
    {
        const double panelWidth = 250, gapAcross = 52, gapDown = 66;
        var panelHeight = Math.Round(Math.Clamp(panelWidth * maps.InputHeight / maps.InputWidth, 100, 400));
        var rows = (panels.Length + PanelsARow - 1) / PanelsARow;
        var (width, height) = ((PanelsARow * panelWidth) + ((PanelsARow - 1) * gapAcross), (rows * panelHeight) + ((rows - 1) * gapDown));
        var zero = maps.Items.Count(item => item.Activation.Map.IsZero);
        var subtitle = string.Create(CultureInfo.InvariantCulture, $"{maps.Explained}; {maps.Items.Count:N0} images, each map divided by its maximum{(zero > 0 ? $", {zero:N0} of them all zero" : "")}; axes: pixels of the {maps.InputWidth} × {maps.InputHeight} input");
        var draft = new FigureDraft(title, subtitle, (int)height, hasPanelTitles: true)
            .Margins(left: 52, right: FigureDraft.Width - 52 - (int)width)
            .Set("coloraxis", new
            {
                colorscale = HeatColors.Scale,
                cmin = 0.0,
                colorbar = new { thickness = 14, tickfont = new { size = 11 }, outlinewidth = 0, title = new { text = "mean heat", font = new { size = 12 } }, x = 1.02, len = 1.0, lenmode = "fraction", nticks = 6 },
            });
        for (var i = 0; i < panels.Length; i++)
        {
            var suffix = i == 0 ? "" : (i + 1).ToString(CultureInfo.InvariantCulture);
            var left = i % PanelsARow * (panelWidth + gapAcross) / width;
            var top = 1 - (i / PanelsARow * (panelHeight + gapDown) / height);
            Add(draft, maps, panels[i], suffix);
            draft.Axis("xaxis" + suffix, "column", Pixels(maps.InputWidth, left, left + (panelWidth / width), "y" + suffix, reversed: false));
            draft.Axis("yaxis" + suffix, i % PanelsARow == 0 ? "row" : null, Pixels(maps.InputHeight, Math.Max(0, top - (panelHeight / height)), top, "x" + suffix, reversed: true));
            var name = PlotlyText.Plain(PlotlyText.Shortened(panels[i].Name, 28));
            draft.Note($"x{suffix} domain", 0.0, $"y{suffix} domain", 1.0, string.Create(CultureInfo.InvariantCulture, $"<b>{name}</b>, {panels[i].Items.Length:N0} image{(panels[i].Items.Length == 1 ? "" : "s")}"), new() { ["xanchor"] = "left", ["yanchor"] = "bottom", ["yshift"] = 3 });
        }

        return draft.Build();
    }

    private static void Add(FigureDraft draft, ActivationMaps maps, Panel panel, string suffix)
    {
        var mean = HeatMap.Mean([.. panel.Items.Select(item => item.Activation.Map.Relative())])
            .Resize(Math.Min(maps.InputHeight, MostCells), Math.Min(maps.InputWidth, MostCells));
        var (down, across) = (maps.InputHeight / (double)mean.Height, maps.InputWidth / (double)mean.Width);
        draft.Add("heatmap", PlotlyText.Plain(panel.Name), new()
        {
            ["z"] = Enumerable.Range(0, mean.Height).Select(row => Enumerable.Range(0, mean.Width).Select(column => Math.Round(mean[row, column], 3)).ToArray()).ToArray(),
            ["x0"] = Math.Round(across / 2, 6),
            ["dx"] = Math.Round(across, 6),
            ["y0"] = Math.Round(down / 2, 6),
            ["dy"] = Math.Round(down, 6),
            ["coloraxis"] = "coloraxis",
            ["xaxis"] = "x" + suffix,
            ["yaxis"] = "y" + suffix,
            ["hovertemplate"] = "row %{y:.0f}, column %{x:.0f}: %{z:.3f}<extra>%{fullData.name}</extra>",
        });
    }

    private static Dictionary<string, object?> Pixels(int size, double from, double to, string anchor, bool reversed) => new(StringComparer.Ordinal)
    {
        ["domain"] = new[] { Math.Round(from, 6), Math.Round(to, 6) },
        ["range"] = reversed ? new double[] { size, 0 } : [0, size],
        ["anchor"] = anchor,
        ["showgrid"] = false,
        ["nticks"] = 6,
    };

    private sealed record Panel(string Name, ImageActivation[] Items);
}
