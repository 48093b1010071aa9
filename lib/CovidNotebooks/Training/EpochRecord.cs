namespace CovidNotebooks.Training;

/// <summary>What one epoch measured.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Loss">
/// Mean training loss, each batch weighted by its images, measured while the weights change (as Keras reports it).
/// </param>
/// <param name="Accuracy">Fraction of the training images classified correctly, measured the same way; 0..1.</param>
/// <param name="ValidationLoss">Mean validation loss, or null without validation images.</param>
/// <param name="ValidationAccuracy">Validation accuracy 0..1, or null without validation images.</param>
/// <param name="Seconds">Wall-clock time of the epoch, validation included.</param>
public sealed record EpochRecord(
    int Epoch, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy, double Seconds)
{
    /// <summary>The learning rate that the epoch ended with, before a stopping rule changed it.</summary>
    public double LearningRate { get; init; }

    /// <summary>The value of one monitored number.</summary>
    /// <exception cref="InvalidOperationException">The number was not measured: there were no validation images.</exception>
    public double Value(TrainingMetric monitor)
    {
        var value = monitor switch
        {
            TrainingMetric.Loss => Loss,
            TrainingMetric.Accuracy => Accuracy,
            TrainingMetric.ValidationLoss => ValidationLoss,
            TrainingMetric.ValidationAccuracy => ValidationAccuracy,
            _ => throw new ArgumentOutOfRangeException(nameof(monitor), monitor, "Not a monitored number."),
        };
        return value ?? throw new InvalidOperationException(
            $"{monitor} was asked for, but epoch {Epoch} was trained without validation images. Give Trainer.Fit a validation source, "
                + $"or monitor {nameof(TrainingMetric.Loss)} or {nameof(TrainingMetric.Accuracy)}.");
    }
}
