using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Moves and converts modules; each returns the module that it was given.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(device, type, non_blocking);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(new Device(deviceType, deviceIndex), null, non_blocking);

    public static T to<T>(this T module, Device device, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(device, null, non_blocking);

    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(new Device(device), null, non_blocking);

    public static T to<T>(this T module, Tensor other, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(other.device, other.dtype, non_blocking);

    public static T to<T>(this T module, ScalarType type, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(null, type, non_blocking);

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(new Device(DeviceType.CPU, -1), null, non_blocking);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(new Device(DeviceType.CUDA, deviceIndex), null, non_blocking);

    public static T half<T>(this T module, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(null, ScalarType.Float16, non_blocking);

    public static T bfloat16<T>(this T module, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(null, ScalarType.BFloat16, non_blocking);

    public static T @float<T>(this T module, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(null, ScalarType.Float32, non_blocking);

    public static T @double<T>(this T module, bool non_blocking = false)
        where T : nn.Module
        => (T)module.Move(null, ScalarType.Float64, non_blocking);
}
