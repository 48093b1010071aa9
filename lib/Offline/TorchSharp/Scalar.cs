using System.Numerics;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any type, as operators take it.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(Kind kind, long bits, Complex complex = default)
    {
        Kind = kind;
        Bits = bits;
        Complex = complex;
    }

    public ScalarType Type => Kind switch
    {
        Kind.Int => ScalarType.Int64,
        Kind.Bool => ScalarType.Bool,
        Kind.Complex => ScalarType.ComplexFloat64,
        _ => ScalarType.Float64,
    };

    internal Kind Kind { get; }

    internal long Bits { get; }

    internal Complex Complex { get; }

    internal double AsDouble => Kind switch
    {
        Kind.Double => BitConverter.Int64BitsToDouble(Bits),
        Kind.Complex => Complex.Real,
        _ => Bits,
    };

    internal long AsInt64 => Kind is Kind.Double or Kind.Complex ? (long)AsDouble : Bits;

    public static implicit operator Scalar(bool value) => new(Kind.Bool, value ? 1 : 0);

    public static implicit operator Scalar(byte value) => new(Kind.Int, value);

    public static implicit operator Scalar(sbyte value) => new(Kind.Int, value);

    public static implicit operator Scalar(short value) => new(Kind.Int, value);

    public static implicit operator Scalar(int value) => new(Kind.Int, value);

    public static implicit operator Scalar(long value) => new(Kind.Int, value);

    public static implicit operator Scalar(Half value) => (double)value;

    public static implicit operator Scalar(float value) => (double)value;

    public static implicit operator Scalar(double value) => new(Kind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Scalar((float, float) value) => new(Kind.Complex, 0, new Complex(value.Item1, value.Item2));

    public static implicit operator Scalar(Complex value) => new(Kind.Complex, 0, value);

    /// <summary>Nothing native is held: there is nothing to free.</summary>
    public void Dispose()
    {
    }

    internal static unsafe Scalar FromResult(in Value result)
    {
        if (result.Kind != Kind.Complex)
        {
            return new Scalar(result.Kind, result.Integer);
        }

        var parts = (double*)result.Pointer;
        var complex = new Complex(parts[0], parts[1]);
        System.Runtime.InteropServices.NativeMemory.Free(parts);
        return complex;
    }
}
