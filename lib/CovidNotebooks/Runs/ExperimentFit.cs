using CovidNotebooks.Training;

namespace CovidNotebooks.Runs;

/// <summary>One training of an experiment.</summary>
/// <param name="History">What it measured, with the epochs that were read from a checkpoint.</param>
/// <param name="ResumedFrom">Epochs that were read from a checkpoint instead of being trained; 0 for a training that started anew.</param>
/// <param name="CheckpointPath">Where it can go on from; null where no checkpoint was kept.</param>
public sealed record ExperimentFit(TrainingHistory History, int ResumedFrom, string? CheckpointPath);
