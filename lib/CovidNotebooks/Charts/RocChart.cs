using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>Receiver operating characteristic: sensitivity against false positive rate, over all thresholds.</summary>
public static class RocChart
{
    /// <summary>The curve of one set of predictions, with a band and the point where the decision is taken.</summary>
    /// <param name="predictions">Answers with both classes among their labels.</param>
    /// <param name="threshold">The decision's threshold on the positive score; null leaves the point out.</param>
    /// <param name="confidence">
    /// Of the band and of the area's interval, which is that of an <see cref="EvaluationReport"/> on the same predictions.
    /// </param>
    /// <param name="title">Whose predictions, on what.</param>
    /// <remarks>
    /// The band joins, threshold by threshold, the intervals of sensitivity and of the false positive rate, Wilson's or by group: it is
    /// pointwise, not simultaneous.
    /// </remarks>
    public static Figure Of(Predictions predictions, double? threshold = .5, double confidence = .95, string title = "ROC curve")
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var curve = RocCurve.Of(predictions);
        var area = EvaluationReport.Estimate(predictions, MetricNames.RocAuc, new EvaluationOptions { Confidence = confidence });
        var positive = predictions.ClassNames[predictions.PositiveClass];
        var percent = FigureDraft.Number(100 * confidence);
        var uncertainty = area.Interval is { } interval ? $"{percent} % interval {interval.ToText()} ({area.Remark})" : area.Remark;
        var subtitle =
            $"area {DisplayedNumber.Fixed(area.Value!.Value)}, {uncertainty}; positive class {positive} ({curve.Positives} images), "
            + $"{curve.Negatives} others; band: pointwise "
            + $"{(Grouping.Of(predictions).HasSeveral ? "intervals by group" : "Wilson intervals")}";
        var draft = new FigureDraft(title, subtitle, 340);
        var (x, y) = Band(curve, predictions, confidence);
        draft.Polygon($"{percent} % band", x, y, ChartColors.Blue);
        draft.Line(
            "ROC curve",
            Rounded(curve.FalsePositiveRates),
            Nullable(curve.TruePositiveRates),
            new(ChartColors.Blue) { Width = 2.5, Hover = "false positive rate %{x:.3f}<br>sensitivity %{y:.3f}<extra></extra>" });
        if (threshold is { } decision)
        {
            Decision(draft, predictions, decision);
        }

        return Finish(draft.LegendInside(.98, .03, "right", "bottom"));
    }

    /// <summary>Several curves, for example of models on the same test set; each name carries its area.</summary>
    /// <param name="curves">Name and predictions of each.</param>
    /// <param name="title">What is compared.</param>
    public static Figure Compare(IReadOnlyList<(string Name, Predictions Predictions)> curves, string title = "ROC curves")
    {
        ArgumentNullException.ThrowIfNull(curves);
        var areas = curves.Select(curve => EvaluationReport.Estimate(curve.Predictions, MetricNames.RocAuc)).ToArray();
        var methods = areas.Where(area => area.Interval is not null).Select(area => area.Remark).Distinct(StringComparer.Ordinal).ToArray();
        var draft = new FigureDraft(
            title, "area under the curve" + (methods.Length > 0 ? $" with its 95 % interval ({string.Join(" or ", methods)})" : ""), 340);
        for (var i = 0; i < curves.Count; i++)
        {
            var curve = RocCurve.Of(curves[i].Predictions);
            var name =
                $"{PlotlyText.Plain(PlotlyText.Shortened(curves[i].Name, 44))}: {DisplayedNumber.Fixed(areas[i].Value!.Value)} "
                + $"{areas[i].Interval?.ToText() ?? "(no interval)"}";
            draft.Line(name, Rounded(curve.FalsePositiveRates), Nullable(curve.TruePositiveRates), new(ChartColors.Of(i))
            {
                Dash = Dash(i),
                Hover = "false positive rate %{x:.3f}<br>sensitivity %{y:.3f}<extra></extra>",
            });
        }

        return Finish(draft.LegendInside(.98, .03, "right", "bottom"));
    }

    internal static string Dash(int index) => (index % 4) switch { 0 => "solid", 1 => "dash", 2 => "dashdot", _ => "dot" };

    internal static double[] Rounded(IEnumerable<double> values) => [.. values.Select(value => Math.Round(value, 6))];

    internal static double?[] Nullable(IEnumerable<double> values) => [.. values.Select(value => (double?)Math.Round(value, 6))];

    private static Figure Finish(FigureDraft draft) => draft
        .Segment("", (0, 0), (1, 1), ChartColors.Grey, "dot")
        .Note("x", .62, "y", .58, "by chance", new() { ["textangle"] = -40, ["font"] = new { size = 12, color = ChartColors.Grey } })
        .Axis("xaxis", "false positive rate (1 − specificity)", Unit())
        .Axis("yaxis", "sensitivity (true positive rate)", Unit())
        .Build();

    internal static Dictionary<string, object?> Unit() =>
        new(StringComparer.Ordinal) { ["range"] = new[] { -0.02, 1.02 }, ["dtick"] = 0.2, ["tickformat"] = ".1f" };

    private static void Decision(FigureDraft draft, Predictions predictions, double threshold)
    {
        var positives = predictions.Labels.Count(label => label == predictions.PositiveClass);
        var called = predictions.PositiveScores.Select(
            (score, i) => (IsPositive: predictions.Labels[i] == predictions.PositiveClass, IsCalled: score >= threshold)).ToArray();
        var sensitivity = called.Count(item => item is { IsPositive: true, IsCalled: true }) / (double)positives;
        var falsePositiveRate = called.Count(item => item is { IsPositive: false, IsCalled: true }) / (double)(called.Length - positives);
        var name =
            $"threshold {FigureDraft.Number(threshold)}: sensitivity {DisplayedNumber.Fixed(sensitivity)}, specificity "
            + $"{DisplayedNumber.Fixed(1 - falsePositiveRate)}";
        draft.Add("scatter", name, new()
        {
            ["mode"] = "markers",
            ["x"] = new[] { falsePositiveRate },
            ["y"] = new[] { sensitivity },
            ["marker"] = new { color = ChartColors.Vermilion, size = 12, symbol = "diamond", line = new { color = "white", width = 1.5 } },
            ["hovertemplate"] = name + "<extra></extra>",
        });
    }

    private static (double[] X, double[] Y) Band(RocCurve curve, Predictions predictions, double confidence)
    {
        var groups = Grouping.Of(predictions);
        Func<double, Interval> Called(bool positive)
        {
            bool IsAsked(int i) => predictions.Labels[i] == predictions.PositiveClass == positive;
            var (own, scores) = (groups.Where(IsAsked), predictions.PositiveScores.Where((_, i) => IsAsked(i)).ToArray());
            return threshold => GroupedShare.Ends(own, i => scores[i] >= threshold, confidence);
        }

        var (sensitivity, falsePositiveRate) = (Called(positive: true), Called(positive: false));
        var points = curve.Thresholds.Select(threshold => (False: falsePositiveRate(threshold), True: sensitivity(threshold))).ToArray();
        (double X, double Y)[] outline =
        [
            (0, 0), .. points.Select(point => (point.False.Low, point.True.High)), (1, 1), .. points.Reverse()
                .Select(point => (point.False.High, point.True.Low)),
        ];
        return (Rounded(outline.Select(point => point.X)), Rounded(outline.Select(point => point.Y)));
    }
}
