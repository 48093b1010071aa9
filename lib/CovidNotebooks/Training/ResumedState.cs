namespace CovidNotebooks.Training;

/// <summary>What a checkpoint gives back to a training, beside weights, gradients and the optimiser's state.</summary>
internal sealed record ResumedState(
    IReadOnlyList<EpochRecord> Epochs,
    StoppingState? StoppingState,
    StopReason StopReason,
    string StopExplanation,
    long PendingImages,
    WeightsSnapshot? BestWeights,
    WeightsSnapshot? StopperWeights);
