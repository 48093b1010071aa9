using System.Text.Json.Serialization;

namespace CovidNotebooks.Training;

/// <summary>
/// A rule that looks at each finished epoch and says whether training goes on. A pure function: the state goes in and comes out.
/// </summary>
public abstract record StoppingRule
{
    /// <summary>The state before the first epoch.</summary>
    public abstract StoppingState Start();

    /// <summary>Looks at one finished epoch.</summary>
    /// <param name="state">The state after the epoch before, from <see cref="Start"/> or from the last decision.</param>
    /// <param name="epoch">The epoch's numbers.</param>
    public abstract StoppingDecision Decide(StoppingState state, EpochRecord epoch);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public abstract void Validate();
}

/// <summary>What a <see cref="StoppingRule"/> remembers from epoch to epoch; a plain record, so that a checkpoint can hold it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "rule")]
[JsonDerivedType(typeof(EarlyStoppingState), "early-stopping")]
[JsonDerivedType(typeof(RunningAverageState), "running-average")]
public abstract record StoppingState;

/// <summary>What a <see cref="StoppingRule"/> decided after an epoch.</summary>
/// <param name="State">The state to hand in after the next epoch.</param>
/// <param name="Stop"><see cref="StopReason.None"/> to go on.</param>
/// <param name="Improved">The epoch is the rule's best so far: its weights are worth keeping.</param>
/// <param name="LearningRateFactor">What to multiply the learning rate with before the next epoch; 1 leaves it.</param>
/// <param name="Explanation">The decision in words, for a log.</param>
public sealed record StoppingDecision(StoppingState State, StopReason Stop, bool Improved, double LearningRateFactor, string Explanation);

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
