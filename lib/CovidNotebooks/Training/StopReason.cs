namespace CovidNotebooks.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>All epochs were run.</summary>
    AllEpochsRun,

    /// <summary><see cref="EarlyStopping"/> saw no improvement for its patience.</summary>
    NoImprovement,

    /// <summary><see cref="RunningAverageStopper"/> saw loss and accuracy get worse (its code 1).</summary>
    LossAndAccuracyWorse,

    /// <summary>A training loss was NaN or infinite (the epoch is not counted), or the validation loss of an epoch was.</summary>
    LossNotFinite,

    /// <summary>The caller asked it to stop.</summary>
    Cancelled,
}
