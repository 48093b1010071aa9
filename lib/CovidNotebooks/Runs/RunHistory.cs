using CovidNotebooks.Training;

namespace CovidNotebooks.Runs;

/// <summary>The training of a stored run, read back from its log.</summary>
public static class RunHistory
{
    /// <summary>
    /// The epochs that a run logged, with the names that <see cref="RunRecorder"/> gives: <c>loss</c>, <c>accuracy</c>, <c>val_loss</c>,
    /// <c>val_accuracy</c>, <c>learning_rate</c>, <c>seconds</c>. Lines without loss or accuracy are no epochs; of an epoch that was logged
    /// twice the last line counts; of a run with several trainings the first is read.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <returns>The history, with no reason for its end, which the log does not hold; null when the run logged no epoch.</returns>
    public static TrainingHistory? Of(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var epochs = run.Metrics
            .Where(row =>
                row.Values.ContainsKey("loss")
                    && row.Values.ContainsKey("accuracy")
                    && row.Values.GetValueOrDefault(RunDocument.FitMetric, 1) is 1)
            .GroupBy(row => row.Step)
            .OrderBy(step => step.Key)
            .Select(step => Epoch(step.Last()))
            .ToArray();
        return epochs.Length == 0 ? null : new TrainingHistory(epochs, StopReason.None, string.Empty);
    }

    private static EpochRecord Epoch(MetricRow row) => new(
        row.Step,
        row.Values["loss"],
        row.Values["accuracy"],
        Measured(row, "val_loss"),
        Measured(row, "val_accuracy"),
        row.Values.GetValueOrDefault("seconds"))
    {
        LearningRate = row.Values.GetValueOrDefault("learning_rate"),
    };

    /// <summary>Some logs hold NaN where nothing was validated.</summary>
    private static double? Measured(MetricRow row, string name) =>
        row.Values.TryGetValue(name, out var value) && !double.IsNaN(value) ? value : null;
}
