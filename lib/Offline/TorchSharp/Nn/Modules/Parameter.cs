using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module registers as one of its parameters. It shares the memory of the tensor that it was made of.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true)
        : base(Detached(data))
    {
        if (requires_grad)
        {
            requires_grad_();
        }
    }

    private static nint Detached(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var detached = data.detach();
        return TorchCalls.torch_share(detached.Handle);
    }
}
