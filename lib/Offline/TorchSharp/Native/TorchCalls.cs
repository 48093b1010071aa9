using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The functions of native/torch_calls.cpp. Those that can fail return null or a message, which <see cref="Check"/> turns into an exception.</summary>
internal static unsafe partial class TorchCalls
{
    private const string Library = "torch_calls";

    static TorchCalls() => NativeLibrary.SetDllImportResolver(typeof(TorchCalls).Assembly, Resolve);

    internal static void Check(byte* error)
    {
        if (error != null)
        {
            Throw(error);
        }
    }

    [DoesNotReturn]
    internal static void Throw(byte* error) => throw new ExternalException(Marshal.PtrToStringUTF8((nint)error));

    /// <summary>Looks an operator up by its schema's name, such as <c>add.Tensor</c>.</summary>
    internal static nint Find(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        nint handle;
        Check(torch_find("aten::" + (dot < 0 ? name : name[..dot]), dot < 0 ? "" : name[(dot + 1)..], &handle));
        return handle;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        var folder = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } beside ? beside : AppContext.BaseDirectory;
        var path = Path.Combine(folder, $"lib{Library}.so");
        if (!File.Exists(path))
        {
            throw new NotSupportedException($"The native library of the offline TorchSharp was not found at {path}: run ./kit setup, which builds it.");
        }

        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException failure)
        {
            throw new NotSupportedException($"{path} could not be loaded, most likely because libtorch is not installed: run ./kit setup, or install libtorch-dev. {failure.Message}", failure);
        }
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* torch_find(string name, string overload, nint* handle);

    [LibraryImport(Library)]
    internal static partial byte* torch_call(nint handle, Value* arguments, int count, Value* results, int capacity, int* produced);

    [LibraryImport(Library)]
    internal static partial void torch_free(nint handle);

    [LibraryImport(Library)]
    internal static partial nint torch_share(nint handle);

    [LibraryImport(Library)]
    internal static partial byte* torch_describe(nint handle, Description* into);

    [LibraryImport(Library)]
    internal static partial byte* torch_dimensions(nint handle, long* sizes, long* strides);

    [LibraryImport(Library)]
    internal static partial byte* torch_data(nint handle, void** data);

    [LibraryImport(Library)]
    internal static partial byte* torch_from_blob(void* data, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> freed, nint owner, nint* result);

    [LibraryImport(Library)]
    internal static partial byte* torch_set_requires_grad(nint handle, byte value);

    [LibraryImport(Library)]
    internal static partial byte* torch_retain_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial byte* torch_get_grad(nint handle, nint* grad);

    [LibraryImport(Library)]
    internal static partial byte* torch_set_grad(nint handle, nint grad);

    [LibraryImport(Library)]
    internal static partial byte* torch_backward(nint* outputs, int outputCount, nint* gradients, int gradientCount, nint* inputs, int inputCount, byte retainGraph, byte createGraph);

    [LibraryImport(Library)]
    internal static partial byte* torch_grad(nint* outputs, int outputCount, nint* gradients, int gradientCount, nint* inputs, int inputCount, byte retainGraph, byte createGraph, byte allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial byte torch_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void torch_set_grad_enabled(byte enabled);

    [LibraryImport(Library)]
    internal static partial byte torch_inference_enabled();

    [LibraryImport(Library)]
    internal static partial byte* torch_enter_inference(byte enabled, nint* scope);

    [LibraryImport(Library)]
    internal static partial void torch_leave_inference(nint scope);

    [LibraryImport(Library)]
    internal static partial byte* torch_seed_all(long seed);

    [LibraryImport(Library)]
    internal static partial byte* torch_generator(int deviceType, int deviceIndex, byte isDefault, nint* generator);

    [LibraryImport(Library)]
    internal static partial void torch_free_generator(nint generator);

    [LibraryImport(Library)]
    internal static partial byte* torch_generator_seed(nint handle, int what, long* value);

    [LibraryImport(Library)]
    internal static partial byte* torch_generator_state(nint handle, nint state, nint* result);

    [LibraryImport(Library)]
    internal static partial int torch_threads(byte interop);

    [LibraryImport(Library)]
    internal static partial byte* torch_set_threads(int threads, byte interop);

    [LibraryImport(Library)]
    internal static partial int torch_cuda_devices();

    [LibraryImport(Library)]
    internal static partial byte torch_has_cudnn();

    [LibraryImport(Library)]
    internal static partial byte* torch_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial byte* torch_allow_tf32(int which, int value, byte* current);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* torch_save(nint handle, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* torch_load(string path, nint* result);

    [LibraryImport(Library)]
    internal static partial byte* torch_version();

    [LibraryImport(Library)]
    internal static partial byte* torch_result_type(nint left, nint right, int* dtype);

    [LibraryImport(Library)]
    internal static partial byte* torch_promote(int left, int right, int* dtype);
}
