using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>The gradient of a parameter: the one place that reads it, because old versions of TorchSharp have a method where new ones have a property.</summary>
internal static class ParameterGradient
{
    /// <summary>The gradient, or null when there is none.</summary>
    public static Tensor? Of(Tensor parameter) => parameter.grad;

    /// <summary>Replaces the gradient.</summary>
    public static void Set(Tensor parameter, Tensor gradient) => parameter.grad = gradient;
}
