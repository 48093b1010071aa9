using System.Globalization;
using CovidNotebooks.Recording;
using TorchSharp.Modules;

namespace CovidNotebooks.Training;

/// <summary>An optimiser and its settings, with the semantics of the framework that it is named after.</summary>
public abstract record OptimizerSettings
{
    /// <summary>Step size; above 0. Default .001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>
    /// Learning rates that differ by layer (Howard and Ruder, ACL 2018: discriminative fine-tuning): the parameters of a layer take
    /// <see cref="LearningRate"/> times its factor, those of no named layer the rate itself. Of several that fit, the longest name counts.
    /// Null, the default: one rate for all.
    /// </summary>
    /// <example><code>new TorchAdam { LearningRate = 1e-3, LayerRates = [new("trunk", .1), new("trunk.layer4", .3)] }</code></example>
    [RecordedWhenSet]
    public IReadOnlyList<LayerRate>? LayerRates { get; init; }

    /// <summary>Makes the optimiser for a model's parameters; those that are frozen are left out.</summary>
    /// <exception cref="ArgumentException">
    /// All are frozen, or a layer of <see cref="LayerRates"/> has no parameter that is trained.
    /// </exception>
    public TrainingOptimizer Create(IEnumerable<(string Name, Parameter Parameter)> parameters)
    {
        var optimizer = CreateFor(parameters);
        try
        {
            optimizer.SetLayerRates(LayerRates ?? []);
            return optimizer;
        }
        catch
        {
            optimizer.Dispose();
            throw;
        }
    }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public virtual void Validate()
    {
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "a finite number above 0");
        foreach (var (layer, factor) in LayerRates ?? [])
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(layer);
            Require(
                factor > 0 && double.IsFinite(factor),
                $"The factor of layer {layer}",
                factor,
                "a finite number above 0; Freezing.Freeze stops a layer's training");
        }
    }

    /// <summary>Makes the optimiser with one rate for all parameters.</summary>
    private protected abstract TrainingOptimizer CreateFor(IEnumerable<(string Name, Parameter Parameter)> parameters);

    private protected static void Require(bool holds, string name, double value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected {expected}."));
        }
    }

    private protected void RequireBetas(double beta1, double beta2, double epsilon)
    {
        Require(beta1 is >= 0 and < 1, "Beta1", beta1, "0 <= Beta1 < 1");
        Require(beta2 is >= 0 and < 1, "Beta2", beta2, "0 <= Beta2 < 1");
        Require(epsilon >= 0 && double.IsFinite(epsilon), "Epsilon", epsilon, "a finite number of at least 0");
    }
}

/// <summary>A layer's learning rate, as a factor of the optimiser's.</summary>
/// <param name="Layer">The layer's name in the model, for example <c>trunk</c> or <c>trunk.layer4</c>: all parameters below it.</param>
/// <param name="Factor">Above 0.</param>
public sealed record LayerRate(string Layer, double Factor);

/// <summary>
/// Adam as Keras 2.x has it: x -= lr_t · m / (sqrt(v) + epsilon) with lr_t = lr · sqrt(1 - beta2^t) / (1 - beta1^t), and lr divided by
/// 1 + decay · iterations, iterations counted from 0 a batch. Epsilon is not divided by the bias correction as in PyTorch.
/// </summary>
public sealed record KerasAdam : OptimizerSettings
{
    /// <summary>Decay of the mean of gradients. Default .9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients. Default .999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the divisor from 0. Default 1e-7.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Keras' legacy <c>decay</c> a batch; at least 0. Default 0.</summary>
    public double Decay { get; init; }

    /// <summary>The learning rate of a batch: lr / (1 + decay · iterations).</summary>
    /// <param name="learningRate">The rate that was set.</param>
    /// <param name="decay">The decay a batch.</param>
    /// <param name="iterations">Updates done before this one.</param>
    public static double DecayedRate(double learningRate, double decay, long iterations) => learningRate / (1 + (decay * iterations));

    private protected override TrainingOptimizer CreateFor(IEnumerable<(string Name, Parameter Parameter)> parameters) =>
        new KerasAdamOptimizer(this, parameters);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireBetas(Beta1, Beta2, Epsilon);
        Require(Decay >= 0 && double.IsFinite(Decay), nameof(Decay), Decay, "a finite number of at least 0");
    }
}

/// <summary>Adam as PyTorch has it: x -= lr · m̂ / (sqrt(v̂) + epsilon) with both moments corrected for their bias.</summary>
public sealed record TorchAdam : OptimizerSettings
{
    /// <summary>Decay of the mean of gradients. Default .9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients. Default .999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the divisor from 0. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>L2 penalty added to the gradient. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Divide by the largest mean of squared gradients so far. Default false.</summary>
    public bool AmsGrad { get; init; }

    private protected override TrainingOptimizer CreateFor(IEnumerable<(string Name, Parameter Parameter)> parameters) =>
        new TorchAdamOptimizer(this, parameters);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireBetas(Beta1, Beta2, Epsilon);
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "a finite number of at least 0");
    }
}

/// <summary>
/// Stochastic gradient descent as PyTorch has it: the velocity is momentum · velocity + (1 - dampening) · gradient, starting with the first
/// gradient.
/// </summary>
public sealed record Sgd : OptimizerSettings
{
    /// <summary>Part of the velocity that stays; at least 0. Default 0.</summary>
    public double Momentum { get; init; }

    /// <summary>Part of the gradient that does not enter the velocity. Default 0.</summary>
    public double Dampening { get; init; }

    /// <summary>L2 penalty added to the gradient. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Nesterov's look-ahead; needs momentum and no dampening. Default false.</summary>
    public bool Nesterov { get; init; }

    private protected override TrainingOptimizer CreateFor(IEnumerable<(string Name, Parameter Parameter)> parameters) =>
        new SgdOptimizer(this, parameters);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Momentum >= 0 && double.IsFinite(Momentum), nameof(Momentum), Momentum, "a finite number of at least 0");
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "a finite number of at least 0");
        if (Nesterov && (Momentum <= 0 || Dampening != 0))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Nesterov needs a momentum above 0 and no dampening; found {Momentum} and {Dampening}."));
        }
    }
}
