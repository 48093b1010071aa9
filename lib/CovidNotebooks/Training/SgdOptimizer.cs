using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>The update of <see cref="Sgd"/>.</summary>
internal sealed class SgdOptimizer(Sgd options, IEnumerable<(string Name, Parameter Parameter)> parameters)
    : TrainingOptimizer(options.LearningRate, parameters)
{
    private const string VelocitySlot = "velocity";

    protected override void Update(string name, Parameter parameter, Tensor gradient)
    {
        if (options.WeightDecay != 0)
        {
            gradient = gradient.add(parameter, options.WeightDecay);
        }

        if (options.Momentum != 0)
        {
            var first = !HasSlot(VelocitySlot, name);
            var velocity = Slot(VelocitySlot, name, parameter);
            if (first)
            {
                velocity.copy_(gradient);
            }
            else
            {
                velocity.mul_(options.Momentum).add_(gradient, 1 - options.Dampening);
            }

            gradient = options.Nesterov ? gradient.add(velocity, options.Momentum) : velocity;
        }

        parameter.add_(gradient, -LearningRate);
    }
}
