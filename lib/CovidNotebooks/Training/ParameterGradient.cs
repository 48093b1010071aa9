using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>The gradients of parameters: the one place that knows, because old versions of TorchSharp have a method where new ones have a
/// property,
/// and forget the gradients of modules written in C#.</summary>
internal static class ParameterGradient
{
    /// <summary>The gradient, or null when there is none.</summary>
    public static Tensor? Of(Tensor parameter) => parameter.grad;

    /// <summary>Replaces the gradient.</summary>
    public static void Set(Tensor parameter, Tensor gradient) => parameter.grad = gradient;

    /// <summary>Forgets the gradients of a whole model.</summary>
    public static void Clear(nn.Module model) => model.zero_grad();
}
