using CovidNotebooks.Training;

namespace CovidNotebooks.Runs;

/// <summary>
/// Writes each epoch of a training to a run: <c>loss</c>, <c>accuracy</c>, <c>val_loss</c>, <c>val_accuracy</c>, <c>learning_rate</c> and
/// <c>seconds</c>, at the epoch's number.
/// </summary>
/// <remarks>
/// The run's <c>metrics.jsonl</c> is its scalar log, what TensorBoard's event files are elsewhere: a line of JSON a step, appended as
/// training goes on, readable by anything (<c>kit runs show</c> prints it). Event files themselves are not written.
/// </remarks>
/// <param name="run">The run; it is not ended here.</param>
/// <param name="fit">
/// Which training of the run it is, from 1 (the default). The lines of the second and later ones hold the number as <c>fit</c>.
/// </param>
public sealed class RunRecorder(Run run, int fit = 1) : ITrainingObserver
{
    private int logged;

    /// <inheritdoc/>
    public void OnBatch(TrainingProgress progress)
    {
        // A record of epochs: batches leave no line.
    }

    /// <summary>
    /// Logs the epochs that it has not yet: the last one, and before it those that a training brings along when it goes on from a
    /// checkpoint.
    /// </summary>
    public void OnEpoch(TrainingHistory history)
    {
        foreach (var epoch in history.Epochs.Where(epoch => epoch.Epoch > logged))
        {
            run.LogMetrics(epoch.Epoch, Values(epoch));
            logged = epoch.Epoch;
        }
    }

    private Dictionary<string, double> Values(EpochRecord epoch)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["loss"] = epoch.Loss,
            ["accuracy"] = epoch.Accuracy,
            ["learning_rate"] = epoch.LearningRate,
            ["seconds"] = epoch.Seconds,
        };
        if (epoch.ValidationLoss is { } loss)
        {
            values["val_loss"] = loss;
        }

        if (epoch.ValidationAccuracy is { } accuracy)
        {
            values["val_accuracy"] = accuracy;
        }

        if (fit > 1)
        {
            values[RunDocument.FitMetric] = fit;
        }

        return values;
    }
}
