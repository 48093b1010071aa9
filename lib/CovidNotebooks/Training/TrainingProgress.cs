namespace CovidNotebooks.Training;

/// <summary>Where a training stands after a batch.</summary>
/// <param name="Epoch">Number of the running epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Batch">Batches of this epoch done, from 1.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="Loss">Mean loss of the epoch so far, each batch weighted by its images.</param>
/// <param name="Accuracy">Accuracy of the epoch so far, 0..1.</param>
/// <param name="ImagesPerSecond">Training speed of the epoch so far.</param>
/// <param name="BatchLoss">Mean loss of the last batch alone.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Batch, int Batches, double Loss, double Accuracy, double ImagesPerSecond, double BatchLoss);
