using System.Globalization;
using CovidNotebooks.Explanation;

namespace CovidNotebooks.Charts;

/// <summary>
/// Where, on average over many images, a network found what speaks for a class: shows no single image, so a published notebook keeps it.
/// </summary>
/// <remarks>
/// The map of a shallow network still looks like the image that it was made of. A group with fewer than <see cref="LeastImages"/> images,
/// or in which fewer have a map that is not all zero, is therefore named but not drawn.
/// </remarks>
public static class MeanHeatMap
{
    /// <summary>A mean over fewer images is not shown.</summary>
    public const int LeastImages = 5;

    private const int MostCells = 75;
    private const int PanelsARow = 2;

    /// <summary>One panel a true class that has images.</summary>
    /// <param name="maps">
    /// The maps; each is divided by its own maximum before the mean is taken, so that every image counts the same.
    /// </param>
    /// <param name="title">Whose maps, on what.</param>
    /// <exception cref="ArgumentException">No group has enough images.</exception>
    public static Figure Of(ActivationMaps maps, string title = "Mean Grad-CAM by true class")
    {
        ArgumentNullException.ThrowIfNull(maps);
        var names = maps.Dataset.ClassNames;
        return Draw(maps, title, [.. maps.Items.GroupBy(item => item.Image.Label).OrderBy(group => group.Key)
            .Select(group => new Panel(names[group.Key], [.. group]))]);
    }

    /// <summary>
    /// One panel a true and a predicted class that have images in common: whether the network looks elsewhere where it is wrong.
    /// </summary>
    /// <param name="maps">
    /// The maps; each is divided by its own maximum before the mean is taken, so that every image counts the same.
    /// </param>
    /// <param name="title">Whose maps, on what.</param>
    /// <exception cref="ArgumentException">No group has enough images.</exception>
    public static Figure ByOutcome(ActivationMaps maps, string title = "Mean Grad-CAM by true and predicted class")
    {
        ArgumentNullException.ThrowIfNull(maps);
        var names = maps.Dataset.ClassNames;
        var groups = maps.Items.GroupBy(item => (item.Image.Label, item.Activation.PredictedClass)).OrderBy(group => group.Key);
        return Draw(
            maps,
            title,
            [.. groups.Select(group => new Panel($"{names[group.Key.Label]} called {names[group.Key.PredictedClass]}", [.. group]))]);
    }

    private static Figure Draw(ActivationMaps maps, string title, Panel[] groups)
    {
        var panels = groups.Where(group => group.IsMeanOfMany).ToArray();
        if (panels.Length == 0)
        {
            throw new ArgumentException(
                $"No group has {LeastImages} images with a map that is not all zero "
                    + $"({string.Join(", ", groups.Select(group => $"{group.Name}: {group.Items.Length}"))}), and the mean of fewer would "
                    + "show single images. Take more images of each class.",
                nameof(maps));
        }

        const double panelWidth = 250, gapAcross = 52, gapDown = 80;
        var panelHeight = Math.Round(Math.Clamp(panelWidth * maps.InputHeight / maps.InputWidth, 100, 400));
        var rows = (panels.Length + PanelsARow - 1) / PanelsARow;
        var (width, height) = ((PanelsARow * panelWidth) + ((PanelsARow - 1) * gapAcross), (rows * panelHeight) + ((rows - 1) * gapDown));
        var zero = maps.Items.Count(item => item.Activation.Map.IsZero);
        var allZero = zero > 0 ? string.Create(CultureInfo.InvariantCulture, $", {zero:N0} of them all zero") : "";
        var subtitle = string.Create(
            CultureInfo.InvariantCulture,
            $"{maps.Explained}; {maps.Items.Count:N0} images, each map divided by its maximum{allZero}; "
                + $"axes: pixels of the {maps.InputWidth} × {maps.InputHeight} input");
        var few = string.Concat(
            groups.Except(panels)
                .Select(
                    group => $"; not shown, too few images: {group.Name} ({group.Items.Length.ToString(CultureInfo.InvariantCulture)})"));
        var draft = new FigureDraft(title, subtitle + few, (int)height, hasPanelTitles: true)
            .Margins(left: 52, right: FigureDraft.Width - 52 - (int)width)
            .Set("coloraxis", new
            {
                colorscale = HeatColors.Scale,
                cmin = 0.0,
                cmax = panels.Max(panel => panel.Mean.Maximum) is > 0 and var highest ? Math.Ceiling(highest * 20) / 20 : 1,
                colorbar = new
                {
                    thickness = 14,
                    tickfont = new { size = 11 },
                    outlinewidth = 0,
                    title = new { text = "mean heat", font = new { size = 12 } },
                    x = 1.02,
                    len = 1.0,
                    lenmode = "fraction",
                    nticks = 6,
                },
            });
        for (var i = 0; i < panels.Length; i++)
        {
            var suffix = i == 0 ? "" : (i + 1).ToString(CultureInfo.InvariantCulture);
            var left = i % PanelsARow * (panelWidth + gapAcross) / width;
            var top = 1 - (i / PanelsARow * (panelHeight + gapDown) / height);
            Add(draft, maps, panels[i], suffix);
            draft.Axis(
                "xaxis" + suffix, "column", Pixels(maps.InputWidth, left, left + (panelWidth / width), "y" + suffix, reversed: false));
            draft.Axis(
                "yaxis" + suffix,
                i % PanelsARow == 0 ? "row" : null,
                Pixels(maps.InputHeight, Math.Max(0, top - (panelHeight / height)), top, "x" + suffix, reversed: true));
            var name = PlotlyText.Plain(PlotlyText.Shortened(panels[i].Name, 28));
            draft.Note(
                $"x{suffix} domain",
                0.0,
                $"y{suffix} domain",
                1.0,
                string.Create(CultureInfo.InvariantCulture, $"<b>{name}</b>, {panels[i].Items.Length:N0} images"),
                new() { ["xanchor"] = "left", ["yanchor"] = "bottom", ["yshift"] = 3 });
        }

        return draft.Build();
    }

    private static void Add(FigureDraft draft, ActivationMaps maps, Panel panel, string suffix)
    {
        var mean = panel.Mean.Resize(Math.Min(maps.InputHeight, MostCells), Math.Min(maps.InputWidth, MostCells));
        var (down, across) = (maps.InputHeight / (double)mean.Height, maps.InputWidth / (double)mean.Width);
        draft.Add("heatmap", PlotlyText.Plain(panel.Name), new()
        {
            ["z"] = Enumerable.Range(0, mean.Height)
                .Select(row => Enumerable.Range(0, mean.Width).Select(column => Math.Round(mean[row, column], 3)).ToArray()).ToArray(),
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

    private static Dictionary<string, object?> Pixels(int size, double from, double to, string anchor, bool reversed) =>
        new(StringComparer.Ordinal)
        {
            ["domain"] = new[] { Math.Round(from, 6), Math.Round(to, 6) },
            ["range"] = reversed ? new double[] { size, 0 } : [0, size],
            ["anchor"] = anchor,
            ["showgrid"] = false,
            ["nticks"] = 6,
        };

    private sealed record Panel(string Name, ImageActivation[] Items)
    {
        public HeatMap Mean { get; } = HeatMap.Mean([.. Items.Select(item => item.Activation.Map.Relative())]);

        /// <summary>A mean of all-zero maps shows nothing of anybody.</summary>
        public bool IsMeanOfMany => Items.Length >= LeastImages && Items.Count(item => !item.Activation.Map.IsZero) is 0 or >= LeastImages;
    }
}
