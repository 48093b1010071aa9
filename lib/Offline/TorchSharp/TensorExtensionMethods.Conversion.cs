using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>A tensor of one value, of the value's own type.</summary>
    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false)
        where T : struct
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(from_array(new[] { scalar }).reshape().to(InitializeDevice(device), copy: true).requires_grad_(requires_grad));
    }

    /// <summary>A tensor on the array's memory, or on a copy of it.</summary>
    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        using var scope = NewDisposeScope();
        var shared = from_array(rawArray).reshape(dimensions);
        return scope.MoveToOuter((doCopy ? shared.clone() : shared).requires_grad_(requires_grad));
    }
}
