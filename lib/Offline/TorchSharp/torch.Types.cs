using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static readonly ScalarType uint8 = ScalarType.Byte;
    public static readonly ScalarType int8 = ScalarType.Int8;
    public static readonly ScalarType int16 = ScalarType.Int16;
    public static readonly ScalarType int32 = ScalarType.Int32;
    public static readonly ScalarType int64 = ScalarType.Int64;
    public static readonly ScalarType float16 = ScalarType.Float16;
    public static readonly ScalarType float32 = ScalarType.Float32;
    public static readonly ScalarType float64 = ScalarType.Float64;
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;
    public static readonly ScalarType complex64 = ScalarType.ComplexFloat32;
    public static readonly ScalarType complex128 = ScalarType.ComplexFloat64;
    public static readonly ScalarType @short = ScalarType.Int16;
    public static readonly ScalarType @int = ScalarType.Int32;
    public static readonly ScalarType @long = ScalarType.Int64;
    public static readonly ScalarType half = ScalarType.Float16;
    public static readonly ScalarType @float = ScalarType.Float32;
    public static readonly ScalarType @double = ScalarType.Float64;
    public static readonly ScalarType cfloat = ScalarType.ComplexFloat32;
    public static readonly ScalarType cdouble = ScalarType.ComplexFloat64;
    public static readonly ScalarType @bool = ScalarType.Bool;

    public static bool is_floating_point(ScalarType type) => type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    public static bool is_floating_point(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return is_floating_point(input.dtype);
    }

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static bool is_complex(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return is_complex(input.dtype);
    }

    public static bool is_integral(ScalarType type) => type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64;

    public static bool is_integral(Tensor t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return is_integral(t.dtype);
    }

    public static bool is_tensor(object obj) => obj is Tensor;

    public static long numel(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.numel();
    }

    public static bool is_nonzero(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.is_nonzero();
    }

    /// <summary>The largest whole number of a type.</summary>
    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        _ => throw new ArgumentException($"{type} is not a type of whole numbers.", nameof(type)),
    };

    /// <summary>The type that an operation on both tensors gives.</summary>
    public static unsafe ScalarType result_type(Tensor tensor1, Tensor tensor2)
    {
        ArgumentNullException.ThrowIfNull(tensor1);
        ArgumentNullException.ThrowIfNull(tensor2);
        int type;
        TorchCalls.Check(TorchCalls.torch_result_type(tensor1.Handle, tensor2.Handle, &type));
        GC.KeepAlive(tensor1);
        GC.KeepAlive(tensor2);
        return (ScalarType)type;
    }

    public static unsafe ScalarType promote_types(ScalarType type1, ScalarType type2)
    {
        int type;
        TorchCalls.Check(TorchCalls.torch_promote((int)type1, (int)type2, &type));
        return (ScalarType)type;
    }

    public static bool can_cast(ScalarType from, ScalarType to) => Op.can_cast.CallBool(from, to);
}
