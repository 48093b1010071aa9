using CovidNotebooks.Training;

namespace CovidNotebooks.Charts;

/// <summary>Loss and accuracy, epoch by epoch, on the training and the validation images.</summary>
public static class TrainingCurves
{
    /// <summary>
    /// Two panels, loss and accuracy; the best epoch is marked and the subtitle says by which number, and why training ended.
    /// </summary>
    /// <param name="history">What the training measured; at least one epoch.</param>
    /// <param name="title">What was trained.</param>
    /// <exception cref="ArgumentException">There is no epoch to draw.</exception>
    public static Figure Of(TrainingHistory history, string title = "Training curves")
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Epochs.Count == 0)
        {
            throw new ArgumentException("The history has no epoch, so there is nothing to draw. Train for at least one epoch.",
                nameof(history));
        }

        return Draw(history, title, history.Summary, history.Epochs[^1].Epoch);
    }

    /// <summary>
    /// Several trainings in one chart, two panels: validation loss and validation accuracy; dotted where a training has no validation
    /// images, so that its training numbers stand there.
    /// </summary>
    /// <param name="histories">Names and histories; each with at least one epoch, at least one of them.</param>
    /// <param name="title">What is compared.</param>
    /// <exception cref="ArgumentException">There is no training, or one has no epoch.</exception>
    public static Figure Compare(IReadOnlyList<(string Name, TrainingHistory History)> histories, string title = "Trainings compared")
    {
        ArgumentNullException.ThrowIfNull(histories);
        if (histories.Count == 0 || histories.Any(item => item.History.Epochs.Count == 0))
        {
            throw new ArgumentException(
                histories.Count == 0 ? "There is no training to draw. Give at least one."
                    : $"The history of '{histories.First(item => item.History.Epochs.Count == 0).Name}' has no epoch. Leave it out.",
                nameof(histories));
        }

        var dotted = histories.Any(item => !IsValidated(item.History));
        var subtitle = "lines: validation images" + (dotted ? "; dotted: training images, where nothing was validated" : string.Empty);
        var rowsOfLegend = (histories.Count + 1) / 2;
        var draft = new FigureDraft(title, subtitle, 220, hasPanelTitles: true).Margins(bottom: 52 + (20 * (rowsOfLegend - 1)));
        var lastEpoch = histories.Max(item => item.History.Epochs[^1].Epoch);
        for (var i = 0; i < histories.Count; i++)
        {
            var (name, history) = histories[i];
            Curve("", epoch => epoch.ValidationLoss ?? epoch.Loss);
            Curve("2", epoch => epoch.ValidationAccuracy ?? epoch.Accuracy);

            void Curve(string panel, Func<EpochRecord, double> value) => draft.Line(
                PlotlyText.Plain(PlotlyText.Shortened(name, 44)),
                [.. history.Epochs.Select(epoch => (double)epoch.Epoch)],
                [.. history.Epochs.Select(epoch => Finite(value(epoch)))],
                new(ChartColors.Of(i))
                {
                    Panel = panel,
                    InLegend = panel.Length == 0,
                    Markers = history.Epochs.Count <= 40,
                    Dash = IsValidated(history) ? i < ChartColors.Count ? "solid" : "dash" : "dot",
                });
        }

        var losses = histories.SelectMany(item => item.History.Epochs).Select(epoch => epoch.ValidationLoss ?? epoch.Loss)
            .Where(double.IsFinite).ToArray();
        var isLogarithmic = NeedsLogarithm(losses);
        Axes(draft, "", [0.0, 0.44], isLogarithmic ? "mean loss (logarithmic)" : "mean loss", lastEpoch, isLogarithmic);
        Axes(draft, "2", [0.56, 1.0], "accuracy (fraction of images)", lastEpoch);
        return draft.LegendBelow().Build();
    }

    internal static Figure Draw(TrainingHistory history, string title, string subtitle, int lastEpoch)
    {
        var draft = new FigureDraft(title, subtitle, 200, hasPanelTitles: true);
        var epochs = history.Epochs;
        Panel(draft, "", [0.0, 0.44], "mean loss", epochs, epoch => epoch.Loss, epoch => epoch.ValidationLoss, lastEpoch);
        Panel(draft, "2", [0.56, 1.0], "accuracy (fraction of images)", epochs, epoch => epoch.Accuracy, epoch =>
            epoch.ValidationAccuracy, lastEpoch);
        if (history.BestEpoch > 0)
        {
            MarkBest(draft, "", history.BestEpoch, lastEpoch);
            MarkBest(draft, "2", history.BestEpoch, lastEpoch);
        }

        return draft.LegendBelow().Build();
    }

    private static void Panel(
        FigureDraft draft,
        string panel,
        double[] domain,
        string unit,
        IReadOnlyList<EpochRecord> epochs,
        Func<EpochRecord, double> training,
        Func<EpochRecord, double?> validation,
        int lastEpoch)
    {
        var numbers = epochs.Select(epoch => (double)epoch.Epoch).ToArray();
        var markers = epochs.Count <= 40;
        var inLegend = panel.Length == 0;
        draft.Line("training", numbers, [.. epochs.Select(epoch => Finite(training(epoch)))],
            new(ChartColors.Blue) { Panel = panel, Markers = markers, InLegend = inLegend });
        if (epochs.Any(epoch => validation(epoch) is not null))
        {
            draft.Line("validation", numbers, [.. epochs.Select(epoch => Finite(validation(epoch)))],
                new(ChartColors.Vermilion) { Panel = panel, Markers = markers, Symbol = "square", Dash = "dash", InLegend = inLegend });
        }

        Axes(draft, panel, domain, unit, lastEpoch);
    }

    private static bool IsValidated(TrainingHistory history) => history.Epochs.Any(epoch => epoch.ValidationLoss is not null);

    /// <summary>On a straight axis a training whose loss ran into the hundreds would press all others onto the zero line.</summary>
    private static bool NeedsLogarithm(double[] losses) => losses.Length > 0 && losses.Min() > 0 && losses.Max() / losses.Min() > 100;

    private static void Axes(FigureDraft draft, string panel, double[] domain, string unit, int lastEpoch, bool isLogarithmic = false)
    {
        draft.Axis("xaxis" + panel, "epoch", new()
        {
            ["domain"] = domain,
            ["anchor"] = "y" + panel,
            ["range"] = new[] { 0.5, lastEpoch + 0.5 },
            ["tickformat"] = "d",
            ["dtick"] = lastEpoch <= 10 ? 1 : null,
        });
        draft.Axis("yaxis" + panel, unit, new()
        {
            ["anchor"] = "x" + panel,
            ["type"] = isLogarithmic ? "log" : null,
            ["rangemode"] = panel.Length == 0 ? "tozero" : "normal"
        });
    }

    private static void MarkBest(FigureDraft draft, string panel, int epoch, int lastEpoch)
    {
        var onRight = epoch > lastEpoch / 2.0;
        draft.VerticalLine(panel, epoch, ChartColors.Grey, "dot")
            .Note("x" + panel, (double)epoch, $"y{panel} domain", 1.0, $"best: {epoch}", new()
            {
                ["xanchor"] = onRight ? "right" : "left",
                ["yanchor"] = "bottom",
                ["yshift"] = 4,
                ["font"] = new { size = 12, color = ChartColors.Grey },
            });
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 6) : null;
}
