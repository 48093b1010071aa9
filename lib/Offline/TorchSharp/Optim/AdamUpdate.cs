using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The step that Adam and AdamW share: Kingma and Ba (2015), in PyTorch's order of operations.</summary>
internal static class AdamUpdate
{
    /// <summary>Changes the running means in place, then the parameter.</summary>
    /// <param name="parameter">What moves.</param>
    /// <param name="gradient">Where it goes down.</param>
    /// <param name="means">Running mean of gradients, of their squares, and the largest of the latter where amsgrad wants it.</param>
    /// <param name="step">1 at the first step.</param>
    /// <param name="lr">The rate.</param>
    /// <param name="betas">The decay of both means.</param>
    /// <param name="eps">What is added to the root.</param>
    internal static void Apply(Tensor parameter, Tensor gradient, (Tensor First, Tensor Second, Tensor? Largest) means, long step, double lr, (double First, double Second) betas, double eps)
    {
        Step.Scale(means.First, betas.First);
        Step.Add(means.First, gradient, 1 - betas.First);
        Step.Scale(means.Second, betas.Second);
        Step.AddProduct(means.Second, gradient, gradient, 1 - betas.Second);
        if (means.Largest is not null)
        {
            Step.Maximum(means.Largest, means.Second);
        }

        using var denominator = Step.Root(means.Largest ?? means.Second);
        Step.Divide(denominator, Math.Sqrt(1 - Math.Pow(betas.Second, step)));
        Step.AddNumber(denominator, eps);
        Step.AddQuotient(parameter, means.First, denominator, -(lr / (1 - Math.Pow(betas.First, step))));
    }
}
