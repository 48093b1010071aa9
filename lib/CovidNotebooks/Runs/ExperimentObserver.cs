using CovidNotebooks.Training;

namespace CovidNotebooks.Runs;

/// <summary>Tells a run and whoever watches of a training, and counts the epochs that came from a checkpoint.</summary>
internal sealed class ExperimentObserver(RunRecorder recorder, ITrainingObserver? watcher) : ITrainingObserver
{
    private int? firstHeard;

    /// <summary>Epochs that were there before the first that was trained now.</summary>
    public int ResumedFrom => firstHeard is { } epoch ? epoch - 1 : 0;

    public void OnBatch(TrainingProgress progress)
    {
        firstHeard ??= progress.Epoch;
        watcher?.OnBatch(progress);
    }

    public void OnEpoch(TrainingHistory history)
    {
        recorder.OnEpoch(history);
        watcher?.OnEpoch(history);
    }

    /// <summary>A training that had ended is read back without an epoch to hear of: it is told here.</summary>
    public void Complete(TrainingHistory history)
    {
        if (firstHeard is null)
        {
            firstHeard = history.Epochs.Count + 1;
            OnEpoch(history);
        }

        recorder.OnEpoch(history);
    }
}
