using System.Globalization;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>A confusion matrix as a table of coloured cells: counts, and what part of its row each is.</summary>
public static class ConfusionMatrixChart
{
    /// <summary>
    /// Rows are true classes, columns predicted ones; the colour is the percentage of the row, so that unequal class sizes do not mislead.
    /// </summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="title">Whose predictions, on what.</param>
    public static Figure Of(ConfusionMatrix matrix, string title = "Confusion matrix")
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var classes = Enumerable.Range(0, matrix.Size).ToArray();
        var names = matrix.ClassNames.Select(name => PlotlyText.Plain(PlotlyText.Shortened(name, 22))).ToArray();
        var percentages = classes.Select(truth => classes.Select(predicted => matrix.RowPercentage(truth, predicted)).ToArray()).ToArray();
        var subtitle = string.Create(
            CultureInfo.InvariantCulture, $"{matrix.Total:N0} images, {matrix.Correct:N0} right; per cent of each true class");
        var draft = new FigureDraft(title, subtitle, Math.Clamp(80 * matrix.Size, 160, 480))
            .Margins(left: 62 + (7 * names.Max(name => name.Length)), right: 84, bottom: 60);
        draft.Add("heatmap", "confusion matrix", new()
        {
            ["x"] = classes,
            ["y"] = classes,
            ["z"] = percentages,
            ["zmin"] = 0.0,
            ["zmax"] = 100.0,
            ["colorscale"] = new object[]
            {
                new object[] { 0.0, "#F4F8FB" },
                new object[] { 0.5, "#7FB8D8" },
                new object[] { 1.0, ChartColors.Blue },
            },
            ["xgap"] = 3,
            ["ygap"] = 3,
            ["colorbar"] = new
            {
                thickness = 14,
                ticksuffix = " %",
                tickfont = new { size = 11 },
                outlinewidth = 0,
                len = 1.0,
                lenmode = "fraction",
            },
            ["hoverinfo"] = "skip",
        });
        foreach (var truth in classes)
        {
            foreach (var predicted in classes)
            {
                draft.Note("x", predicted, "y", truth, Cell(matrix, truth, predicted), new()
                {
                    ["font"] = new
                    {
                        size = matrix.Size > 6 ? 11 : 15,
                        color = percentages[truth][predicted] > 75 ? "white" : ChartColors.Ink,
                    },
                });
            }
        }

        var totals = classes.Select(truth =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{names[truth]}<br><span style=\"font-size:11px\">{matrix.RowTotal(truth):N0} images</span>")).ToArray();
        return draft
            .Axis("xaxis", "predicted class", Labels(classes, names))
            .Axis("yaxis", "true class", new(Labels(classes, totals), StringComparer.Ordinal) { ["autorange"] = "reversed" })
            .Build();
    }

    private static Dictionary<string, object?> Labels(int[] classes, string[] names) => new(StringComparer.Ordinal)
    {
        ["tickmode"] = "array",
        ["tickvals"] = classes,
        ["ticktext"] = names,
        ["tickcolor"] = "rgba(0,0,0,0)",
        ["showgrid"] = false,
        ["showline"] = false,
    };

    private static string Cell(ConfusionMatrix matrix, int truth, int predicted)
    {
        var count = string.Create(CultureInfo.InvariantCulture, $"<b>{matrix[truth, predicted]:N0}</b>");
        return matrix.RowPercentage(truth, predicted) is { } percentage
            ? string.Create(CultureInfo.InvariantCulture, $"{count}<br>{percentage:0.0} %")
            : count;
    }
}
