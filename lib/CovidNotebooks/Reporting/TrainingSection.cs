using System.Globalization;
using CovidNotebooks.Charts;
using CovidNotebooks.Display;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>How training went: epochs, best epoch, end, curves.</summary>
internal static class TrainingSection
{
    private const string Loss = "loss";
    private const string ValidationLoss = "val_loss";

    public static Section Of(RunEvidence evidence)
    {
        // The lines of a run's second and later trainings name their number. An epoch that was repeated after an interruption counts as it
        // ended.
        var trainings = evidence.Run.Metrics.Select(row => row.Values.GetValueOrDefault(RunDocument.FitMetric, 1)).Distinct().Count();
        MetricRow[] epochs = [.. evidence.Run.Metrics.Where(row => !row.Values.ContainsKey(RunDocument.FitMetric)).GroupBy(row => row.Step)
            .Select(rows => rows.Last()).OrderBy(row => row.Step)];
        if (epochs.Length == 0)
        {
            return new Section("Training", [new Paragraph("No epoch is stored.")]);
        }

        var monitor = epochs.Any(row => double.IsFinite(Value(row, ValidationLoss))) ? ValidationLoss : Loss;
        var best = epochs.Where(row => double.IsFinite(Value(row, monitor))).OrderBy(row => Value(row, monitor)).ThenBy(row => row.Step)
            .FirstOrDefault();
        var table = new Table("Epochs", [TableColumn.Text(""), TableColumn.Number("epoch"), TableColumn.Number("loss"),
            TableColumn.Number("accuracy"), TableColumn.Number("val. loss"), TableColumn.Number("val. accuracy")]);
        Add(table, "first", epochs[0]);
        if (best is not null)
        {
            Add(table, monitor == ValidationLoss ? "lowest validation loss" : "lowest loss", best);
        }

        Add(table, "last", epochs[^1]);
        var seconds = epochs.Select(row => Value(row, "seconds")).Where(double.IsFinite).Sum();
        List<DisplayBlock> blocks = [new Paragraph(Ended(evidence, epochs.Length, seconds)), table,
            new Drawing(Curves(epochs, best?.Step).ToSvg())];
        if (trainings > 1)
        {
            blocks.Add(new Paragraph($"The run holds {Text(trainings)} trainings; the first is shown."));
        }

        if (evidence.ValidatedOnTestImages && monitor == ValidationLoss)
        {
            blocks.Add(
                new Paragraph(
                    "The validation numbers are measured on the test images: the epoch with the lowest loss may be shown, not used."));
        }

        return new Section("Training", blocks);
    }

    private static string Ended(RunEvidence evidence, int epochs, double seconds)
    {
        var took = seconds > 0 ? $" {DisplayedNumber.Fixed(seconds, 0)} s of training are logged." : string.Empty;
        var planned = RecordedFact.Epochs.Of(evidence.Run.Parameters) as long?;
        var ended = evidence.Run.Results.GetValueOrDefault("stopped_early") > 0 ? "it was stopped early"
            : epochs >= planned ? "all were run"
            : "the run does not say why it ended there";
        return planned is { } count
            ? $"{Text(epochs)} of {Text(count)} planned epochs are stored; {ended}.{took}"
            : $"{Text(epochs)} epochs are stored; how many were planned is not.{took}";
    }

    private static LearningCurves Curves(MetricRow[] epochs, int? best) => new(
        [
            new LearningCurve("training loss", ChartColors.Blue, [.. epochs.Select(row => (row.Step, Value(row, Loss)))]),
            .. epochs.Any(row => double.IsFinite(Value(row, ValidationLoss)))
                ? [new LearningCurve("validation loss", ChartColors.Vermilion,
                    [.. epochs.Select(row => (row.Step, Value(row, ValidationLoss)))])]
                : Array.Empty<LearningCurve>(),
        ],
        best);

    private static void Add(Table table, string what, MetricRow row) => table.Add(
        [what, Text(row.Step), .. new[] { Loss, "accuracy", ValidationLoss, "val_accuracy" }.Select(name =>
            (TableCell)(row.Values.ContainsKey(name) ? DisplayedNumber.Fixed(Value(row, name), 4) : DisplayedNumber.None))]);

    private static double Value(MetricRow row, string name) => row.Values.TryGetValue(name, out var value) ? value : double.NaN;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
