using CovidNotebooks.Training;

namespace Tests.Training;

/// <summary>Keeps what a training tells.</summary>
internal sealed class RecordingObserver(
    Action<TrainingProgress>? onBatch = null, Action<TrainingHistory>? onEpoch = null) : ITrainingObserver
{
    public List<TrainingProgress> Batches { get; } = [];

    public List<int> Epochs { get; } = [];

    public void OnBatch(TrainingProgress progress)
    {
        Batches.Add(progress);
        onBatch?.Invoke(progress);
    }

    public void OnEpoch(TrainingHistory history)
    {
        Epochs.Add(history.Epochs.Count);
        onEpoch?.Invoke(history);
    }
}
