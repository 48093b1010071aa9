using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>Whether scores can be read as probabilities: of the images scored about .8, are 80 % positive?</summary>
public static class ReliabilityDiagram
{
    /// <summary>
    /// The positive class' scores in bins, each bin's fraction of positive images with its interval, and how many images each bin holds.
    /// </summary>
    /// <param name="predictions">Answers whose scores are probabilities.</param>
    /// <param name="bins">Bins of equal width between 0 and 1.</param>
    /// <param name="title">Whose predictions, on what.</param>
    public static Figure Of(Predictions predictions, int bins = 10, string title = "Reliability diagram")
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var curve = CalibrationCurve.OfPositiveClass(predictions.Labels, predictions.PositiveScores, predictions.PositiveClass, bins);
        var groups = Grouping.Of(predictions);
        var images = Enumerable.Range(0, predictions.Count).ToLookup(i => CalibrationCurve.BinOf(predictions.PositiveScores[i], bins));
        Interval Ends(int bin)
        {
            int[] own = [.. images[bin]];
            return GroupedShare.Ends(groups.Where(i => CalibrationCurve.BinOf(predictions.PositiveScores[i], bins) == bin),
                i => predictions.Labels[own[i]] == predictions.PositiveClass, .95);
        }

        return Of(curve, predictions.ClassNames[predictions.PositiveClass], title,
            [.. Enumerable.Range(0, bins).Where(bin => images.Contains(bin)).Select(Ends)],
            groups.HasSeveral ? $"intervals by {DisplayedNumber.Counted(groups.Count, "group", "groups")}" : "Wilson intervals");
    }

    /// <summary>The same of a curve that is already computed.</summary>
    /// <param name="curve">Bins of scores.</param>
    /// <param name="className">What is called positive, for the axes.</param>
    /// <param name="title">Whose predictions, on what.</param>
    public static Figure Of(CalibrationCurve curve, string className, string title = "Reliability diagram")
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Of(curve, className, title,
            [
                .. curve.Bins.Where(bin => bin.Count > 0)
                .Select(bin => Wilson.Interval((int)Math.Round(bin.Fraction!.Value * bin.Count), bin.Count)),
            ],
            "Wilson intervals that take images for independent");
    }

    private static Figure Of(CalibrationCurve curve, string className, string title, Interval[] intervals, string bars)
    {
        var filled = curve.Bins.Where(bin => bin is { Count: > 0, MeanScore: not null, Fraction: not null }).ToArray();
        var fractions = filled.Select(bin => bin.Fraction!.Value).ToArray();
        return new FigureDraft(
            title,
            $"expected calibration error {DisplayedNumber.Fixed(curve.ExpectedCalibrationError)}; bars: 95 % {bars}; "
                + "dotted line: perfectly calibrated",
            340)
            .Add("scatter", "fraction positive", new()
            {
                ["mode"] = "lines+markers",
                ["x"] = RocChart.Rounded(filled.Select(bin => bin.MeanScore!.Value)),
                ["y"] = RocChart.Rounded(fractions),
                ["error_y"] = new
                {
                    type = "data",
                    symmetric = false,
                    array = RocChart.Rounded(intervals.Zip(fractions, (interval, fraction) => Math.Max(0, interval.High - fraction))),
                    arrayminus = RocChart.Rounded(intervals.Zip(fractions, (interval, fraction) => Math.Max(0, fraction - interval.Low))),
                    color = ChartColors.Blue,
                    thickness = 1.5,
                    width = 5,
                },
                ["line"] = new { color = ChartColors.Blue, width = 2 },
                ["marker"] = new { color = ChartColors.Blue, size = 8 },
                ["customdata"] = filled.Select(bin => bin.Count).ToArray(),
                ["hovertemplate"] = "mean score %{x:.3f}<br>positive %{y:.3f}<br>%{customdata} images<extra></extra>",
            })
            .Add("bar", "images", new()
            {
                ["x"] = RocChart.Rounded(curve.Bins.Select(bin => (bin.Low + bin.High) / 2)),
                ["y"] = curve.Bins.Select(bin => bin.Count).ToArray(),
                ["width"] = RocChart.Rounded(curve.Bins.Select(bin => (bin.High - bin.Low) * .94)),
                ["yaxis"] = "y2",
                ["marker"] = new { color = ChartColors.SkyBlue },
                ["hovertemplate"] = "%{y} images<extra></extra>",
            })
            .Segment("", (0, 0), (1, 1), ChartColors.Grey, "dot")
            .Axis("xaxis", $"score for {className} (0–1)", new(RocChart.Unit(), StringComparer.Ordinal) { ["anchor"] = "y2" })
            .Axis("yaxis", $"fraction that is {className}", new(RocChart.Unit(), StringComparer.Ordinal) { ["domain"] = new[] { .3, 1.0 } })
            .Axis("yaxis2", "images", new() { ["domain"] = new[] { 0.0, .22 }, ["anchor"] = "x", ["nticks"] = 4, ["rangemode"] = "tozero" })
            .Build();
    }
}
