using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;

namespace Tests.CovidNotebooks.Charts;

/// <summary>Small made-up results that every chart can be drawn from.</summary>
internal static class ChartData
{
    public static readonly string[] ClassNames = ["NORMAL", "PNEUMONIA <b>"];

    /// <summary>Six images; at the threshold .5 one of three normal ones and one of three positive ones is on the wrong side.</summary>
    public static Predictions Predictions { get; } = new(ClassNames,
    [
        Item("n1", 0, .05, "Guangzhou"), Item("n2", 0, .30, "Guangzhou"), Item("n3", 0, .72, null),
        Item("p1", 1, .41, "Cohen"), Item("p2", 1, .88, "Cohen"), Item("p3", 1, .97, null),
    ]);

    public static TrainingHistory History(int epochs = 4) => new(
        [.. Enumerable.Range(1, epochs).Select(i => new EpochRecord(i, 1.0 / i, 1 - (.4 / i), i == 3 ? .2 : .5, .8, 2.5))],
        StopReason.AllEpochsRun,
        "all 4 epochs were run");

    public static ImageDataset Dataset(string name, int negatives, int positives) => new(
        name,
        Path.GetTempPath(),
        ClassNames,
        [.. Enumerable.Range(0, negatives + positives).Select(i => new LabeledImage($"{i}.png", i < negatives ? 0 : 1))]);

    private static Prediction Item(string id, int label, double score, string? source) =>
        new(id, null, source, label, [1 - score, score], -Math.Log(label == 1 ? score : 1 - score));
}
