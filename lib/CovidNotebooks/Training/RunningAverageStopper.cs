using System.Globalization;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Training;

/// <summary>The codes of <see cref="RunningAverageStopper"/>.</summary>
public enum RunningAverageCode
{
    /// <summary>Go on.</summary>
    Continue = 0,

    /// <summary>Loss and accuracy got worse for longer than the patience: training ends.</summary>
    LossAndAccuracyWorse = 1,

    /// <summary>Only the accuracy got worse: nothing happens.</summary>
    AccuracyWorse = 2,

    /// <summary>Only the loss got worse: the learning rate is reduced and both counters are cleared.</summary>
    LossWorse = 3,
}

/// <summary>
/// Document 3's stopper: running averages (.2 new + .8 old) of validation loss and accuracy, each with a counter of epochs worse than its
/// best; a counter counts once it exceeds the patience, a tie counts as an improvement.
/// </summary>
public sealed record RunningAverageStopper : StoppingRule
{
    /// <summary>A counter has to exceed this many epochs; at least 0. Default 5, as document 3 calls it.</summary>
    [Unit("epochs")]
    public int Patience { get; init; } = 5;

    /// <summary>Weight of the new value in the running average, in (0, 1]. Default .2.</summary>
    public double NewWeight { get; init; } = 0.2;

    /// <summary>Weight of the old average; default .8.</summary>
    public double OldWeight { get; init; } = 0.8;

    /// <summary>What code 3 multiplies the learning rate with, in (0, 1]. Default .1.</summary>
    public double LearningRateFactor { get; init; } = 0.1;

    /// <inheritdoc/>
    public override StoppingState Start() =>
        new RunningAverageState(
            RunningLoss: null, RunningAccuracy: null, BestLoss: 1e7, BestAccuracy: 0, LossIncreases: 0, AccuracyDecreases: 0);

    /// <inheritdoc/>
    public override StoppingDecision Decide(StoppingState state, EpochRecord epoch)
    {
        if (state is not RunningAverageState own)
        {
            throw new ArgumentException(
                $"The state is a {state.GetType().Name}; RunningAverageStopper needs a {nameof(RunningAverageState)}. "
                    + "Start a rule with its own Start().",
                nameof(state));
        }

        var (code, seen) = Observe(own, epoch.Value(TrainingMetric.ValidationLoss), epoch.Value(TrainingMetric.ValidationAccuracy));
        return new StoppingDecision(
            After(code, seen),
            code == RunningAverageCode.LossAndAccuracyWorse ? StopReason.LossAndAccuracyWorse : StopReason.None,
            Improved: seen.AccuracyDecreases == 0,
            code == RunningAverageCode.LossWorse ? LearningRateFactor : 1,
            string.Create(
                CultureInfo.InvariantCulture,
                $"code {(int)code} ({code}): running loss {seen.RunningLoss:G6} worse for {seen.LossIncreases}, running accuracy "
                    + $"{seen.RunningAccuracy:G6} for {seen.AccuracyDecreases} epochs, patience {Patience}"));
    }

    /// <summary>Counts one epoch and names its code.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="loss">Validation loss of the epoch.</param>
    /// <param name="accuracy">Validation accuracy of the epoch, 0..1.</param>
    /// <returns>The code, and the state with its counters as they were counted (<see cref="After"/> clears them for code 3).</returns>
    public (RunningAverageCode Code, RunningAverageState Seen) Observe(RunningAverageState state, double loss, double accuracy)
    {
        var runningLoss = state.RunningLoss is { } oldLoss ? (NewWeight * loss) + (OldWeight * oldLoss) : loss;
        var runningAccuracy = state.RunningAccuracy is { } oldAccuracy ? (NewWeight * accuracy) + (OldWeight * oldAccuracy) : accuracy;
        var lossWorse = runningLoss > state.BestLoss;
        var accuracyWorse = runningAccuracy < state.BestAccuracy;
        var seen = new RunningAverageState(
            runningLoss,
            runningAccuracy,
            lossWorse ? state.BestLoss : runningLoss,
            accuracyWorse ? state.BestAccuracy : runningAccuracy,
            lossWorse ? state.LossIncreases + 1 : 0,
            accuracyWorse ? state.AccuracyDecreases + 1 : 0);
        var code = (seen.LossIncreases > Patience, seen.AccuracyDecreases > Patience) switch
        {
            (true, true) => RunningAverageCode.LossAndAccuracyWorse,
            (false, true) => RunningAverageCode.AccuracyWorse,
            (true, false) => RunningAverageCode.LossWorse,
            _ => RunningAverageCode.Continue,
        };
        return (code, seen);
    }

    /// <summary>What the rule says after each epoch of a training that is over, up to the one in which it would have ended it.</summary>
    /// <param name="history">
    /// Validation losses and accuracies; what the rule's learning rates would have changed in them is not known.
    /// </param>
    public IReadOnlyList<RunningAverageCode> Codes(TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var (state, codes) = ((RunningAverageState)Start(), new List<RunningAverageCode>());
        foreach (var epoch in history.Epochs)
        {
            var (code, seen) = Observe(state, epoch.ValidationLoss ?? 0, epoch.ValidationAccuracy ?? 0);
            state = After(code, seen);
            codes.Add(code);
            if (code == RunningAverageCode.LossAndAccuracyWorse)
            {
                break;
            }
        }

        return codes;
    }

    /// <summary>The state for the next epoch: code 3 clears both counters.</summary>
    public static RunningAverageState After(RunningAverageCode code, RunningAverageState seen) =>
        code == RunningAverageCode.LossWorse ? seen with { LossIncreases = 0, AccuracyDecreases = 0 } : seen;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Patience < 0)
        {
            throw new ArgumentException($"Patience is {Patience}; it must be at least 0 epochs.");
        }

        if (!(NewWeight > 0) || !(NewWeight <= 1) || !(OldWeight >= 0) || !(OldWeight < 1))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The weights of the running average are {NewWeight} (new) and {OldWeight} (old); "
                    + $"expected 0 < new <= 1 and 0 <= old < 1."));
        }

        if (!(LearningRateFactor > 0) || !(LearningRateFactor <= 1))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture, $"LearningRateFactor is {LearningRateFactor}; it must be above 0 and at most 1."));
        }
    }
}

/// <summary>What <see cref="RunningAverageStopper"/> remembers.</summary>
/// <param name="RunningLoss">Running average of the validation loss; null before the first epoch.</param>
/// <param name="RunningAccuracy">Running average of the validation accuracy; null before the first epoch.</param>
/// <param name="BestLoss">Smallest running loss so far.</param>
/// <param name="BestAccuracy">Largest running accuracy so far.</param>
/// <param name="LossIncreases">Epochs in a row whose running loss was above the best.</param>
/// <param name="AccuracyDecreases">Epochs in a row whose running accuracy was below the best.</param>
public sealed record RunningAverageState(
    double? RunningLoss,
    double? RunningAccuracy,
    double BestLoss,
    double BestAccuracy,
    int LossIncreases,
    int AccuracyDecreases) : StoppingState;
