using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Training;

/// <summary>What a training measured, epoch by epoch, and why it ended.</summary>
/// <param name="epochs">One record an epoch, in order.</param>
/// <param name="stopReason">Why it ended; <see cref="StopReason.None"/> while it runs.</param>
/// <param name="stopExplanation">The reason in words.</param>
/// <param name="bestRule">Which epoch counts as the best; null: by validation loss, by training loss where nothing was validated.</param>
public sealed class TrainingHistory(
    IReadOnlyList<EpochRecord> epochs, StopReason stopReason, string stopExplanation, BestEpochRule? bestRule = null) : Displayed
{
    /// <summary>One record an epoch, in order.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; } = [.. epochs];

    /// <summary>Why training ended; <see cref="StopReason.None"/> while it runs.</summary>
    public StopReason StopReason { get; } = stopReason;

    /// <summary>The reason in words: which rule, which numbers.</summary>
    public string StopExplanation { get; } = stopExplanation;

    /// <summary>Which epoch counts as the best.</summary>
    public BestEpochRule BestRule { get; } = bestRule ?? new BestEpochRule(
        epochs.All(epoch => epoch.ValidationLoss is null) ? TrainingMetric.Loss : TrainingMetric.ValidationLoss);

    /// <summary>Number of the best epoch (from 1) by <see cref="BestRule"/>; 0 when there is none.</summary>
    public int BestEpoch => BestRule.Best(Epochs)?.Epoch ?? 0;

    /// <summary>The last epoch, or null before the first has ended.</summary>
    public EpochRecord? Last => Epochs.Count == 0 ? null : Epochs[^1];

    /// <summary>Wall-clock time of all epochs, in seconds.</summary>
    public double Seconds => Epochs.Sum(epoch => epoch.Seconds);

    /// <summary>In a sentence: the best epoch and by which number, and why training ended.</summary>
    public string Summary
    {
        get
        {
            var best = Epochs.FirstOrDefault(epoch => epoch.Epoch == BestEpoch);
            var found = best is null
                ? "no epoch could be called the best"
                : $"best epoch {best.Epoch} ({Words(BestRule.Monitor)} {DisplayedNumber.Fixed(best.Value(BestRule.Monitor), 4)})";
            return StopReason == StopReason.None ? found : $"{found}; ended: {StopExplanation}";
        }
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var first = Epochs.Count > 0 ? Epochs[0] : null;
        EpochRecord[] shown =
        [
            .. new[] { first, Epochs.FirstOrDefault(epoch => epoch.Epoch == BestEpoch), Last }.OfType<EpochRecord>().Distinct(),
        ];
        var document = new DisplayDocument()
            .Say(
                string.Create(CultureInfo.InvariantCulture, $"{Epochs.Count} epochs in {Seconds:0.0} s; {Summary}."),
                ParagraphKind.Finding);
        return Epochs.Count <= shown.Length
            ? document.Add(AsTable(Epochs))
            : document.Add(AsTable(shown)).Fold($"All {Epochs.Count} epochs", AsTable(Epochs));
    }

    private Table AsTable(IEnumerable<EpochRecord> epochs)
    {
        var table = new Table(
            null,
            TableColumn.Number("epoch"),
            TableColumn.Number("loss"),
            TableColumn.Number("accuracy"),
            TableColumn.Number("validation loss"),
            TableColumn.Number("validation accuracy"),
            TableColumn.Number("seconds"));
        foreach (var epoch in epochs)
        {
            var strong = epoch.Epoch == BestEpoch;
            string[] cells =
            [
                epoch.Epoch.ToString(CultureInfo.InvariantCulture),
                DisplayedNumber.Fixed(epoch.Loss, 4),
                DisplayedNumber.Fixed(epoch.Accuracy, 4),
                Optional(epoch.ValidationLoss),
                Optional(epoch.ValidationAccuracy),
                DisplayedNumber.Fixed(epoch.Seconds, 1),
            ];
            table.Add([.. cells.Select(cell => new TableCell(cell, strong))]);
        }

        return table;
    }

    private static string Words(TrainingMetric metric) => metric switch
    {
        TrainingMetric.Loss => "training loss",
        TrainingMetric.Accuracy => "training accuracy",
        TrainingMetric.ValidationLoss => "validation loss",
        _ => "validation accuracy",
    };

    private static string Optional(double? value) => value is { } number ? DisplayedNumber.Fixed(number, 4) : DisplayedNumber.None;
}
