using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>The update of <see cref="TorchAdam"/>.</summary>
internal sealed class TorchAdamOptimizer(TorchAdam options, IEnumerable<(string Name, Parameter Parameter)> parameters)
    : TrainingOptimizer(options.LearningRate, parameters)
{
    protected override void Update(string name, Parameter parameter, Tensor gradient)
    {
        var step = Iterations + 1;
        var correction1 = 1 - Math.Pow(options.Beta1, step);
        var correction2 = 1 - Math.Pow(options.Beta2, step);
        if (options.WeightDecay != 0)
        {
            gradient = gradient.add(parameter, options.WeightDecay);
        }

        var mean = Slot("m", name, parameter);
        var square = Slot("v", name, parameter);
        mean.mul_(options.Beta1).add_(gradient, 1 - options.Beta1);
        square.mul_(options.Beta2).addcmul_(gradient, gradient, 1 - options.Beta2);
        if (options.AmsGrad)
        {
            var largest = Slot("vmax", name, parameter);
            largest.copy_(maximum(largest, square));
            square = largest;
        }

        var divisor = square.sqrt().div_(Math.Sqrt(correction2)).add_(options.Epsilon);
        parameter.addcdiv_(mean, divisor, -LearningRate / correction1);
    }
}
