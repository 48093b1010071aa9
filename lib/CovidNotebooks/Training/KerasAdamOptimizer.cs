using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>The update of <see cref="KerasAdam"/>.</summary>
internal sealed class KerasAdamOptimizer(KerasAdam options, IEnumerable<(string Name, Parameter Parameter)> parameters)
    : TrainingOptimizer(options.LearningRate, parameters)
{
    public override double CurrentLearningRate => KerasAdam.DecayedRate(LearningRate, options.Decay, Iterations);

    protected override void Update(string name, Parameter parameter, Tensor gradient)
    {
        var step = Iterations + 1;
        var rate = CurrentLearningRate * Math.Sqrt(1 - Math.Pow(options.Beta2, step)) / (1 - Math.Pow(options.Beta1, step));
        var mean = Slot("m", name, parameter);
        var square = Slot("v", name, parameter);
        if (FusedAdam.Fits(parameter, gradient, mean, square))
        {
            FusedAdam.Update(parameter, gradient, mean, square, FusedAdam.Factors.Of(options, rate));
            return;
        }

        mean.mul_(options.Beta1).add_(gradient, 1 - options.Beta1);
        square.mul_(options.Beta2).addcmul_(gradient, gradient, 1 - options.Beta2);
        parameter.addcdiv_(mean, square.sqrt().add_(options.Epsilon), -rate);
    }
}
