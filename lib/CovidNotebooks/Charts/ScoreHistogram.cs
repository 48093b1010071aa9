using System.Globalization;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>How the scores of the positive class are distributed.</summary>
public static class ScoreHistogram
{
    private const int MostPanels = 8;

    /// <summary>One panel a true class; beyond the threshold, on the wrong side, the bars are hatched.</summary>
    /// <param name="predictions">The scores.</param>
    /// <param name="threshold">The decision's threshold on the positive score; null when there is none.</param>
    /// <param name="bins">Bins of equal width between 0 and 1; scores outside fall into the first or last.</param>
    /// <param name="title">Whose predictions, on what.</param>
    public static Figure ByClass(Predictions predictions, double? threshold = .5, int bins = 20, string title = "Scores by true class")
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var panels = predictions.ClassNames.Select((name, label) => new Panel(
            name,
            [
                new Bars(name, ChartColors.Of(label), label == predictions.PositiveClass, Scores(predictions, item => item.Label == label)),
            ])).ToArray();
        var subtitle = threshold is { } decision
            ? $"scores on the wrong side of the threshold {FigureDraft.Number(decision)} are hatched; the vertical axes differ"
            : "the vertical axes differ";
        return Draw(predictions, title, subtitle, panels, threshold, bins);
    }

    /// <summary>
    /// One panel a source (a collection, a hospital, a scanner), classes in colours: shows a model that recognises where an image comes
    /// from.
    /// </summary>
    /// <param name="predictions">The scores; images without a source share a panel.</param>
    /// <param name="threshold">The decision's threshold on the positive score; null when there is none.</param>
    /// <param name="bins">Bins of equal width between 0 and 1; scores outside fall into the first or last.</param>
    /// <param name="title">Whose predictions, on what.</param>
    /// <remarks>At most eight panels: the sources with the most images, then all others together.</remarks>
    public static Figure BySource(Predictions predictions, double? threshold = .5, int bins = 20, string title = "Scores by source")
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var bySize = predictions.Items.GroupBy(Source, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)
            .ToArray();
        var named = bySize.Length <= MostPanels ? bySize : bySize[..(MostPanels - 1)];
        var groups = named.Select(source => (Name: source, Has: (Func<Prediction, bool>)(item => Source(item) == source))).ToList();
        if (named.Length < bySize.Length)
        {
            groups.Add(($"{bySize.Length - named.Length} other sources", item => !named.Contains(Source(item), StringComparer.Ordinal)));
        }

        var panels = groups.Select(group => new Panel(group.Name, [.. predictions.ClassNames.Select((name, label) =>
            new Bars(name, ChartColors.Of(label), null, Scores(predictions, item => item.Label == label && group.Has(item))))])).ToArray();
        return Draw(
            predictions,
            title,
            $"colours: true class; {bySize.Length.ToString(CultureInfo.InvariantCulture)} sources; the vertical axes differ",
            panels,
            threshold,
            bins);
    }

    private static string Source(Prediction item) => item.Source ?? ScoreDistribution.UnknownSource;

    private static double[] Scores(Predictions predictions, Func<Prediction, bool> condition) =>
        [.. predictions.Items.Where(condition).Select(item => item.Scores[predictions.PositiveClass])];

    private static Figure Draw(Predictions predictions, string title, string subtitle, Panel[] panels, double? threshold, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        const int panelHeight = 85, gap = 38;
        var height = (panels.Length * panelHeight) + ((panels.Length - 1) * gap);
        var draft = new FigureDraft(title, subtitle, height, hasPanelTitles: true).Set("barmode", "stack").Set("bargap", 0);
        var last = panels.Length == 1 ? "" : panels.Length.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < panels.Length; i++)
        {
            var suffix = i == 0 ? "" : (i + 1).ToString(CultureInfo.InvariantCulture);
            var top = 1 - (i * (panelHeight + gap) / (double)height);
            foreach (var bars in panels[i].Groups)
            {
                Add(draft, bars, suffix, threshold, bins, inLegend: i == 0);
            }

            draft.Axis(
                "yaxis" + suffix,
                "images",
                new()
                {
                    ["domain"] = new[] { Math.Max(0, top - (panelHeight / (double)height)), top },
                    ["anchor"] = "x",
                    ["nticks"] = 4,
                    ["rangemode"] = "tozero",
                });
            var images = panels[i].Groups.Sum(group => group.Scores.Length);
            var name = PlotlyText.Plain(PlotlyText.Shortened(panels[i].Name, 60));
            draft.Note(
                "x domain",
                0.0,
                $"y{suffix} domain",
                1.0,
                string.Create(CultureInfo.InvariantCulture, $"<b>{name}</b>, {images:N0} images"),
                new() { ["xanchor"] = "left", ["yanchor"] = "bottom", ["yshift"] = 3 });
            if (threshold is { } decision)
            {
                draft.VerticalLine("", decision, ChartColors.Ink, "dash", width: 1, yPanel: suffix);
            }
        }

        draft.Axis(
            "xaxis",
            $"score for {predictions.ClassNames[predictions.PositiveClass]} (0–1)",
            new(RocChart.Unit(), StringComparer.Ordinal) { ["anchor"] = "y" + last });
        return panels.Any(panel => panel.Groups.Length > 1) ? draft.LegendBelow().Build() : draft.Build();
    }

    private static void Add(FigureDraft draft, Bars bars, string suffix, double? threshold, int bins, bool inLegend)
    {
        bool IsWrong(double score) => threshold is { } decision && bars.IsPositive is { } positive && score >= decision != positive;
        Add(draft, bars, suffix, Counts(bars.Scores.Where(score => !IsWrong(score)), bins), hatched: false, inLegend);
        if (threshold is not null && bars.IsPositive is not null)
        {
            Add(draft, bars, suffix, Counts(bars.Scores.Where(IsWrong), bins), hatched: true, inLegend: false);
        }
    }

    private static void Add(FigureDraft draft, Bars bars, string suffix, int[] counts, bool hatched, bool inLegend) =>
        draft.Add("bar", PlotlyText.Plain(bars.Name) + (hatched ? ", misclassified" : ""), new()
        {
            ["x"] = Enumerable.Range(0, counts.Length).Select(bin => Math.Round((bin + .5) / counts.Length, 6)).ToArray(),
            ["y"] = counts,
            ["yaxis"] = "y" + suffix,
            ["marker"] = new
            {
                color = bars.Color,
                line = new { color = "white", width = .5 },
                pattern = new { shape = hatched ? "/" : "", fillmode = "overlay", size = 7, solidity = .5, fgcolor = "white" },
            },
            ["legendgroup"] = bars.Name,
            ["showlegend"] = inLegend,
            ["hovertemplate"] = "score %{x:.2f}: %{y} images<extra>%{fullData.name}</extra>",
        });

    private static int[] Counts(IEnumerable<double> scores, int bins)
    {
        var counts = new int[bins];
        foreach (var score in scores)
        {
            counts[Math.Clamp((int)(score * bins), 0, bins - 1)]++;
        }

        return counts;
    }

    private sealed record Panel(string Name, Bars[] Groups);

    private sealed record Bars(string Name, string Color, bool? IsPositive, double[] Scores);
}
