using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType defaultType = ScalarType.Float32;

    public static ScalarType get_default_dtype() => defaultType;

    /// <summary>The type of floating-point tensors that are made without one.</summary>
    public static void set_default_dtype(ScalarType dtype) =>
        defaultType = is_floating_point(dtype) ? dtype : throw new ArgumentException($"The default type must be a floating-point type, not {dtype}.", nameof(dtype));

    public static void set_default_tensor_type(Tensor t)
    {
        ArgumentNullException.ThrowIfNull(t);
        set_default_dtype(t.dtype);
    }

    private static ScalarType TypeOf(Scalar value) => value.Type == ScalarType.Float64 ? defaultType : value.Type;

    private static Tensor Finished(Tensor tensor, bool requiresGrad, string[]? names = null)
    {
        if (names is { Length: > 0 })
        {
            tensor.Dispose();
            throw new NotSupportedException("Named dimensions are not part of the offline TorchSharp: leave names out.");
        }

        return requiresGrad ? tensor.requires_grad_() : tensor;
    }

    private static Tensor Number<T>(T value, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged => Copied([value], [], dtype, device, requiresGrad, null);

    /// <summary>A tensor with a copy of <paramref name="values"/>, converted to <paramref name="dtype"/> where one is given.</summary>
    private static Tensor Copied<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        where T : unmanaged
    {
        var own = ElementTypes.Of(typeof(T));
        var count = 1L;
        foreach (var size in dimensions)
        {
            count *= size;
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {values.Length} values do not fill [{string.Join(", ", dimensions.ToArray())}].", nameof(dimensions));
        }

        device = InitializeDevice(device);
        var plain = Op.empty_memory_format.Call(dimensions, own, Arg.None, CPU);
        MemoryMarshal.AsBytes(values).CopyTo(plain.bytes);
        if ((dtype is { } wanted && wanted != own) || device.type != DeviceType.CPU)
        {
            plain = plain.to(dtype ?? own, device, disposeAfter: true);
        }

        return Finished(plain, requiresGrad, names);
    }

    private static ReadOnlySpan<T> Spanned<T>(IList<T> values) => values switch
    {
        T[] array => array,
        List<T> list => CollectionsMarshal.AsSpan(list),
        _ => values.ToArray(),
    };

    private static ReadOnlySpan<T> Spanned<T>(Array values) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
}
