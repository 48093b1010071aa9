using CovidNotebooks.Training;

namespace CovidNotebooks.Runs;

/// <summary>Writes each epoch of a training to a run: <c>loss</c>, <c>accuracy</c>, <c>val_loss</c>, <c>val_accuracy</c>, <c>learning_rate</c> and <c>seconds</c>, at the epoch's number.</summary>
/// <remarks>
/// The run's <c>metrics.jsonl</c> is its scalar log, what TensorBoard's event files are elsewhere: a line of JSON a step, appended as training goes on,
/// readable by anything (<c>kit runs show</c> prints it). Event files themselves are not written.
/// </remarks>
/// <param name="run">The run; it is not ended here.</param>
public sealed class RunRecorder(Run run) : ITrainingObserver
{
    /// <inheritdoc/>
    public void OnBatch(TrainingProgress progress)
    {
        // A record of epochs: batches leave no line.
    }

    /// <inheritdoc/>
    public void OnEpoch(TrainingHistory history)
    {
        if (history.Last is not { } epoch)
        {
            return;
        }

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

        run.LogMetrics(epoch.Epoch, values);
    }
}
