using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which C# type holds an element of which tensor type.</summary>
internal static class ElementTypes
{
    internal static ScalarType Of(Type type) =>
        TryOf(type) ?? throw new NotSupportedException($"There is no tensor of {type.Name}: expected bool, byte, sbyte, short, int, long, Half, float, double, (float, float) or Complex.");

    internal static void MustBe(Type type, ScalarType dtype)
    {
        if (TryOf(type) != dtype)
        {
            throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }
    }

    private static ScalarType? TryOf(Type type)
    {
        if (type == typeof((float, float)))
        {
            return ScalarType.ComplexFloat32;
        }

        if (type == typeof(Half))
        {
            return ScalarType.Float16;
        }

        if (type == typeof(Complex))
        {
            return ScalarType.ComplexFloat64;
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => ScalarType.Bool,
            TypeCode.Byte => ScalarType.Byte,
            TypeCode.SByte => ScalarType.Int8,
            TypeCode.Int16 => ScalarType.Int16,
            TypeCode.Int32 => ScalarType.Int32,
            TypeCode.Int64 => ScalarType.Int64,
            TypeCode.Single => ScalarType.Float32,
            TypeCode.Double => ScalarType.Float64,
            _ => null,
        };
    }
}
