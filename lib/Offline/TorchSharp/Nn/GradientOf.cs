using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The one place that touches a tensor's gradient.</summary>
internal static class GradientOf
{
    internal static Tensor? Read(Tensor tensor) => tensor.grad;

    internal static void Write(Tensor tensor, Tensor? gradient) => tensor.grad = gradient;

    internal static void Clear(Tensor tensor, bool setToNone)
    {
        if (setToNone)
        {
            tensor.grad = null;
            return;
        }

        using var gradient = tensor.grad;
        gradient?.detach_();
        gradient?.zero_();
    }
}
