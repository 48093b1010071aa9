namespace CovidNotebooks.Training;

/// <summary>Is told how a training goes: a progress bar, a live chart, a run record.</summary>
public interface ITrainingObserver
{
    /// <summary>A batch was trained. Called on the training thread after every batch, so it should return at once.</summary>
    void OnBatch(TrainingProgress progress);

    /// <summary>An epoch is over, validation included.</summary>
    /// <param name="history">All epochs so far.</param>
    void OnEpoch(TrainingHistory history);
}
