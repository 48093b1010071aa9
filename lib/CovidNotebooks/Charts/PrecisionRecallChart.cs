using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>Precision against recall, over all thresholds: what a positive answer is worth where one class is rare.</summary>
public static class PrecisionRecallChart
{
    /// <summary>The curve of one set of predictions, with the precision that answering "positive" to everything would have.</summary>
    /// <param name="predictions">Answers with at least one positive image.</param>
    /// <param name="title">Whose predictions, on what.</param>
    public static Figure Of(Predictions predictions, string title = "Precision–recall curve")
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var curve = PrecisionRecallCurve.Of(predictions);
        var prevalence = curve.Positives / (double)predictions.Count;
        var positive = predictions.ClassNames[predictions.PositiveClass];
        return new FigureDraft(
            title,
            $"average precision {DisplayedNumber.Fixed(curve.AveragePrecision)}; positive class {positive}, {curve.Positives} of "
                + $"{predictions.Count} images",
            380)
            .Line(
                "precision",
                RocChart.Rounded(curve.Recall),
                RocChart.Nullable(curve.Precision),
                new(ChartColors.Blue) { Width = 2.5, Shape = "hv", Hover = "recall %{x:.3f}<br>precision %{y:.3f}<extra></extra>" })
            .Segment("", (0, prevalence), (1, prevalence), ChartColors.Grey, "dot")
            .Note(
                "x",
                0.0,
                "y",
                prevalence,
                $"all called {PlotlyText.Plain(positive)}: {DisplayedNumber.Fixed(prevalence)}",
                new() { ["xanchor"] = "left", ["yanchor"] = "top", ["xshift"] = 4, ["font"] = new { size = 12, color = ChartColors.Grey } })
            .Axis("xaxis", "recall (sensitivity)", RocChart.Unit())
            .Axis("yaxis", "precision (positive predictive value)", RocChart.Unit())
            .Build();
    }
}
