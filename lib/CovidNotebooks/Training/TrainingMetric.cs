namespace CovidNotebooks.Training;

/// <summary>The number of an epoch that a rule looks at.</summary>
public enum TrainingMetric
{
    /// <summary>Mean training loss of the epoch (Keras' <c>loss</c>).</summary>
    Loss,

    /// <summary>Training accuracy of the epoch (Keras' <c>accuracy</c>).</summary>
    Accuracy,

    /// <summary>Mean validation loss (Keras' <c>val_loss</c>).</summary>
    ValidationLoss,

    /// <summary>Validation accuracy (Keras' <c>val_accuracy</c>).</summary>
    ValidationAccuracy,
}
