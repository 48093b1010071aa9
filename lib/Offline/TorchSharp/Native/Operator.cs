using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>
/// An operator of libtorch, named as its schema is: <c>add.Tensor</c> is operator <c>aten::add</c>, overload <c>Tensor</c>. Keep one in a static readonly field:
/// the name is looked up at the first call only. Arguments come in the schema's order; those missing at the end take the schema's defaults.
/// </summary>
internal sealed class Operator(string name)
{
    private const int MostResults = 8;
    private const int WordsOnStack = 128;
    private nint handle;

    internal string Name => name;

    /// <summary>True after the first call.</summary>
    internal bool WasCalled => handle != 0;

    /// <summary>The one tensor that the operator gives (null when it is undefined, as a missing gradient is).</summary>
    internal unsafe Tensor Call(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        return TensorOf(in result);
    }

    /// <summary>Calls an operator that changes <paramref name="self"/>, and gives <paramref name="self"/> back.</summary>
    internal unsafe Tensor InPlace(Tensor self, params ReadOnlySpan<Arg> args)
    {
        Invoke(args, null, 0);
        return self;
    }

    internal unsafe (Tensor First, Tensor Second) Call2(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Value[MostResults];
        Invoke(args, results, MostResults);
        return (TensorOf(in results[0]), TensorOf(in results[1]));
    }

    internal unsafe (Tensor First, Tensor Second, Tensor Third) Call3(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Value[MostResults];
        Invoke(args, results, MostResults);
        return (TensorOf(in results[0]), TensorOf(in results[1]), TensorOf(in results[2]));
    }

    internal unsafe Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        var handles = (nint*)result.Pointer;
        var tensors = new Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new Tensor(handles[i]);
        }

        NativeMemory.Free(handles);
        return tensors;
    }

    internal unsafe bool CallBool(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        return result.Integer != 0;
    }

    internal unsafe Scalar CallScalar(params ReadOnlySpan<Arg> args)
    {
        Value result;
        Invoke(args, &result, 1);
        return Scalar.FromResult(in result);
    }

    private static Tensor TensorOf(in Value result) => result.Pointer == 0 ? null! : new Tensor(result.Pointer);

    [SkipLocalsInit]
    private unsafe void Invoke(ReadOnlySpan<Arg> args, Value* results, int capacity)
    {
        if (handle == 0)
        {
            handle = TorchCalls.Find(name);
        }

        var words = 0;
        foreach (ref readonly var arg in args)
        {
            words += arg.Words;
        }

        var values = stackalloc Value[args.Length];
        var onStack = stackalloc long[WordsOnStack];
        var memory = words <= WordsOnStack ? onStack : (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
        try
        {
            var next = memory;
            for (var i = 0; i < args.Length; i++)
            {
                args[i].Write(ref values[i], ref next);
            }

            int produced;
            var error = TorchCalls.torch_call(handle, values, args.Length, results, capacity, &produced);
            foreach (ref readonly var arg in args)
            {
                arg.KeepAlive();
            }

            if (error != null)
            {
                TorchCalls.Throw(error);
            }
        }
        finally
        {
            if (memory != onStack)
            {
                NativeMemory.Free(memory);
            }
        }
    }
}
