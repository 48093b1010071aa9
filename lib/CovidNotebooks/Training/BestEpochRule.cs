namespace CovidNotebooks.Training;

/// <summary>
/// Which epoch is the best: Keras' <c>ModelCheckpoint(save_best_only)</c>. A new best has to be strictly better, without a minimal
/// difference; NaN never is.
/// </summary>
/// <param name="Monitor">The number to look at.</param>
/// <param name="Mode">Which direction is better.</param>
/// <param name="Start">A value that the first epoch has to beat, or null. Document 3 starts its validation accuracy at 0.</param>
public sealed record BestEpochRule(
    TrainingMetric Monitor = TrainingMetric.ValidationLoss, MonitorMode Mode = MonitorMode.Auto, double? Start = null)
{
    /// <summary>Whether larger values are better.</summary>
    public bool LargerIsBetter =>
        Mode == MonitorMode.Auto ? Monitor is TrainingMetric.Accuracy or TrainingMetric.ValidationAccuracy : Mode == MonitorMode.Max;

    /// <summary>Whether <paramref name="value"/> beats <paramref name="best"/> (null: nothing yet).</summary>
    public bool IsBetter(double value, double? best)
    {
        var toBeat = best ?? Start ?? (LargerIsBetter ? double.NegativeInfinity : double.PositiveInfinity);
        return LargerIsBetter ? value > toBeat : value < toBeat;
    }

    /// <summary>The best of the epochs, the first one if several are equal; null when there is none.</summary>
    public EpochRecord? Best(IEnumerable<EpochRecord> epochs)
    {
        EpochRecord? best = null;
        foreach (var epoch in epochs)
        {
            if (IsBetter(epoch.Value(Monitor), best?.Value(Monitor)))
            {
                best = epoch;
            }
        }

        return best;
    }
}

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

/// <summary>Which direction of a monitored number is better.</summary>
public enum MonitorMode
{
    /// <summary>Larger for accuracies, smaller for losses, as Keras guesses from the name.</summary>
    Auto,

    /// <summary>Smaller is better.</summary>
    Min,

    /// <summary>Larger is better.</summary>
    Max,
}
