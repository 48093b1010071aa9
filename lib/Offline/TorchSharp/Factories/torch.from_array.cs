using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor on the array's own memory: later writes to the array show in it, unless the type or the device is another.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var shape = new long[rawArray.Rank];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = rawArray.GetLongLength(axis);
        }

        var own = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        var shared = Shared(rawArray, own, shape, 0);
        device = InitializeDevice(device);
        if ((dtype is { } wanted && wanted != own) || device.type != DeviceType.CPU)
        {
            shared = shared.to(dtype ?? own, device, disposeAfter: true);
        }

        return Finished(shared, requires_grad, names);
    }

    /// <summary>A flat tensor on the array's own memory: <paramref name="count"/> elements (all that fit when negative) from byte <paramref name="offset"/> on.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var bytes = rawArray.LongLength * ElementTypes.Of(rawArray.GetType().GetElementType()!).ElementSize();
        if (offset < 0 || offset > bytes)
        {
            throw new ArgumentException($"The offset {offset} is not inside the array's {bytes} bytes.", nameof(offset));
        }

        var fits = (bytes - offset) / dtype.ElementSize();
        if (count > fits)
        {
            throw new ArgumentException($"{count} elements of {dtype} do not fit: from byte {offset} on the array holds {fits}.", nameof(count));
        }

        return Finished(Shared(rawArray, dtype, [count < 0 ? fits : count], offset), requires_grad);
    }

    private static unsafe Tensor Shared(Array array, ScalarType dtype, long[] shape, long offset)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        nint result;
        fixed (long* sizes = shape)
        {
            var data = (byte*)pin.AddrOfPinnedObject() + offset;
            var error = TorchCalls.torch_from_blob(data, sizes, shape.Length, (int)dtype, &Unpin, GCHandle.ToIntPtr(pin), &result);
            if (error != null)
            {
                pin.Free();
                TorchCalls.Throw(error);
            }
        }

        return new Tensor(result);
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();
}
