using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"The size of an element of {type} is not known."),
    };

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    public static bool ToBoolean(this Tensor value) => Value(value).ToBoolean();

    public static byte ToByte(this Tensor value) => Value(value).ToByte();

    public static sbyte ToSByte(this Tensor value) => Value(value).ToSByte();

    public static short ToInt16(this Tensor value) => Value(value).ToInt16();

    public static int ToInt32(this Tensor value) => Value(value).ToInt32();

    public static long ToInt64(this Tensor value) => Value(value).ToInt64();

    public static Half ToHalf(this Tensor value) => Value(value).ToHalf();

    public static float ToSingle(this Tensor value) => Value(value).ToSingle();

    public static double ToDouble(this Tensor value) => Value(value).ToDouble();

    public static (float Real, float Imaginary) ToComplexFloat32(this Tensor value) => Value(value).ToComplexFloat32();

    public static Complex ToComplexFloat64(this Tensor value) => Value(value).ToComplexFloat64();

    private static Scalar Value(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.ToScalar();
    }
}
