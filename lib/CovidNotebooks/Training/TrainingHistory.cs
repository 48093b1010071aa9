using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Training;

/// <summary>What a training measured, epoch by epoch, and why it ended.</summary>
/// <param name="epochs">One record an epoch, in order.</param>
/// <param name="stopReason">Why it ended; <see cref="StopReason.None"/> while it runs.</param>
/// <param name="stopExplanation">The reason in words.</param>
/// <param name="bestRule">Which epoch counts as the best; null: by validation loss, by training loss where nothing was validated.</param>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class TrainingHistory(IReadOnlyList<EpochRecord> epochs, StopReason stopReason, string stopExplanation, BestEpochRule? bestRule = null) : IDisplayed
{
    /// <summary>One record an epoch, in order.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; } = [.. epochs];

    /// <summary>Why training ended; <see cref="StopReason.None"/> while it runs.</summary>
    public StopReason StopReason { get; } = stopReason;

    /// <summary>The reason in words: which rule, which numbers.</summary>
    public string StopExplanation { get; } = stopExplanation;

    /// <summary>Which epoch counts as the best.</summary>
    public BestEpochRule BestRule { get; } = bestRule ?? new BestEpochRule(epochs.All(epoch => epoch.ValidationLoss is null) ? TrainingMetric.Loss : TrainingMetric.ValidationLoss);

    /// <summary>Number of the best epoch (from 1) by <see cref="BestRule"/>; 0 when there is none.</summary>
    public int BestEpoch => BestRule.Best(Epochs)?.Epoch ?? 0;

    /// <summary>The last epoch, or null before the first has ended.</summary>
    public EpochRecord? Last => Epochs.Count == 0 ? null : Epochs[^1];

    /// <summary>Wall-clock time of all epochs, in seconds.</summary>
    public double Seconds => Epochs.Sum(epoch => epoch.Seconds);

    /// <inheritdoc/>
    public string ToHtml() => AsTable().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => AsTable().ToPlainText();

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private HtmlTable AsTable()
    {
        var best = BestEpoch;
        var table = new HtmlTable(
            "Training history",
            TableColumn.Number("epoch"),
            TableColumn.Number("loss"),
            TableColumn.Number("accuracy"),
            TableColumn.Number("validation loss"),
            TableColumn.Number("validation accuracy"),
            TableColumn.Number("seconds"));
        foreach (var epoch in Epochs)
        {
            var strong = epoch.Epoch == best;
            table.Add(
                new TableCell(epoch.Epoch.ToString(CultureInfo.InvariantCulture), strong),
                new TableCell(DisplayedNumber.Fixed(epoch.Loss, 4), strong),
                new TableCell(DisplayedNumber.Fixed(epoch.Accuracy, 4), strong),
                new TableCell(Optional(epoch.ValidationLoss), strong),
                new TableCell(Optional(epoch.ValidationAccuracy), strong),
                new TableCell(DisplayedNumber.Fixed(epoch.Seconds, 1), strong));
        }

        if (best > 0)
        {
            table.Note($"Best epoch: {best} (by {BestRule.Monitor}).");
        }

        return StopReason == StopReason.None ? table : table.Note($"Ended: {StopExplanation}.");
    }

    private static string Optional(double? value) => value is { } number ? DisplayedNumber.Fixed(number, 4) : DisplayedNumber.None;
}
