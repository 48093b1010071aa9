using System.Globalization;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Training;

/// <summary>
/// Keras' <c>EarlyStopping</c> (TensorFlow 2.1 to 2.5): an epoch is better when it beats the best value by more than
/// <see cref="MinDelta"/>; the best value kept is the raw one; training stops when <see cref="Patience"/> epochs in a row were not better.
/// NaN is never better.
/// </summary>
public sealed record EarlyStopping : StoppingRule
{
    /// <summary>The number to look at. Default: the validation loss.</summary>
    public TrainingMetric Monitor { get; init; } = TrainingMetric.ValidationLoss;

    /// <summary>Which direction is better. Default: by the name of the monitored number.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>How much better an epoch must be; at least 0. An improvement of exactly this much is not enough. Default 0.</summary>
    public double MinDelta { get; init; }

    /// <summary>Epochs without improvement that end training; at least 0 (0 acts like 1, as in Keras). Default 0.</summary>
    [Unit("epochs")]
    public int Patience { get; init; }

    /// <summary>A value that the first improvement has to beat, or null.</summary>
    public double? Baseline { get; init; }

    /// <summary>Take back the weights of the best epoch, but only when this rule ended training (as those versions of Keras do).</summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>Epochs at the beginning that are not looked at, as in later Keras; at least 0. Default 0.</summary>
    public int StartFromEpoch { get; init; }

    /// <summary>Whether larger values are better, <see cref="Mode"/> and the name considered.</summary>
    public bool LargerIsBetter => Mode switch
    {
        MonitorMode.Min => false,
        MonitorMode.Max => true,
        _ => Monitor is TrainingMetric.Accuracy or TrainingMetric.ValidationAccuracy,
    };

    /// <inheritdoc/>
    public override StoppingState Start() => new EarlyStoppingState(Baseline, BestEpoch: null, Wait: 0);

    /// <inheritdoc/>
    public override StoppingDecision Decide(StoppingState state, EpochRecord epoch) =>
        state is EarlyStoppingState own
            ? Decide(own, epoch.Epoch, epoch.Value(Monitor))
            : throw new ArgumentException(
                $"The state is a {state.GetType().Name}; EarlyStopping needs an {nameof(EarlyStoppingState)}. "
                    + "Start a rule with its own Start().",
                nameof(state));

    /// <summary>The epoch (from 1) after which the rule ends a training, or null when it lets all of these values pass.</summary>
    /// <param name="values">The monitored number of each epoch.</param>
    public int? EndsAfter(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var state = (EarlyStoppingState)Start();
        for (var i = 0; i < values.Count; i++)
        {
            var decision = Decide(state, i + 1, values[i]);
            if (decision.Stop != StopReason.None)
            {
                return i + 1;
            }

            state = (EarlyStoppingState)decision.State;
        }

        return null;
    }

    /// <summary>The rule on bare numbers.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="epoch">Number of the epoch, from 1.</param>
    /// <param name="value">The monitored number of that epoch.</param>
    public StoppingDecision Decide(EarlyStoppingState state, int epoch, double value)
    {
        if (epoch <= StartFromEpoch)
        {
            return new StoppingDecision(
                state, StopReason.None, Improved: false, 1, $"epoch {epoch} is not looked at before epoch {StartFromEpoch + 1}");
        }

        var best = state.Best ?? (LargerIsBetter ? double.NegativeInfinity : double.PositiveInfinity);
        var improved = LargerIsBetter ? value - MinDelta > best : value + MinDelta < best;
        if (improved)
        {
            var better = new EarlyStoppingState(value, epoch, Wait: 0);
            return new StoppingDecision(better, StopReason.None, Improved: true, 1, $"{Monitor} improved to {Text(value)}");
        }

        var waiting = state with { Wait = state.Wait + 1 };
        var stop = waiting.Wait >= Patience;
        var explanation = $"{Monitor} {Text(value)} is no improvement on {Text(best)} for {waiting.Wait} of {Math.Max(Patience, 1)} epochs";
        return new StoppingDecision(waiting, stop ? StopReason.NoImprovement : StopReason.None, Improved: false, 1, explanation);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (!(MinDelta >= 0) || double.IsInfinity(MinDelta))
        {
            throw new ArgumentException(
                $"MinDelta is {Text(MinDelta)}; it must be a finite number of at least 0 (the direction comes from Mode).");
        }

        if (Patience < 0)
        {
            throw new ArgumentException($"Patience is {Patience}; it must be at least 0 epochs.");
        }

        if (StartFromEpoch < 0)
        {
            throw new ArgumentException($"StartFromEpoch is {StartFromEpoch}; it must be at least 0 epochs.");
        }
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

/// <summary>What <see cref="EarlyStopping"/> remembers.</summary>
/// <param name="Best">The best value so far, the baseline before any epoch was better, or null.</param>
/// <param name="BestEpoch">The epoch (from 1) that <paramref name="Best"/> is of, or null.</param>
/// <param name="Wait">Epochs since then that were not better.</param>
public sealed record EarlyStoppingState(double? Best, int? BestEpoch, int Wait) : StoppingState;
