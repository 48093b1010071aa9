using System.Runtime.CompilerServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>One argument of an operator. Everything that operators take converts to it; null is "none".</summary>
internal readonly struct Arg
{
    private readonly object? held;
    private readonly long bits;
    private readonly Kind kind;
    private readonly int count;

    private Arg(Kind kind, long bits, object? held = null, int count = 0)
    {
        this.kind = kind;
        this.bits = bits;
        this.held = held;
        this.count = count;
    }

    internal static Arg None => default;

    /// <summary>Eight-byte words that the contents of a list or a string take.</summary>
    internal int Words => kind switch
    {
        Kind.IntList or Kind.DoubleList or Kind.BoolList or Kind.TensorList or Kind.OptionalTensorList => count,
        Kind.Complex => 2,
        Kind.String => (count + 7) / 8,
        _ => 0,
    };

    public static implicit operator Arg(Tensor? value) => value is null ? default : new(Kind.Tensor, 0, value);

    public static implicit operator Arg(long value) => new(Kind.Int, value);

    public static implicit operator Arg(int value) => new(Kind.Int, value);

    public static implicit operator Arg(double value) => new(Kind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Arg(bool value) => new(Kind.Bool, value ? 1 : 0);

    public static implicit operator Arg(long? value) => value is { } number ? number : default(Arg);

    public static implicit operator Arg(int? value) => value is { } number ? number : default(Arg);

    public static implicit operator Arg(double? value) => value is { } number ? number : default(Arg);

    public static implicit operator Arg(bool? value) => value is { } flag ? flag : default(Arg);

    public static implicit operator Arg(ScalarType value) => new(Kind.Int, (long)value);

    public static implicit operator Arg(ScalarType? value) => value is { } type ? type : default(Arg);

    public static implicit operator Arg(long[]? value) => value is null ? default : new(Kind.IntList, 0, value, value.Length);

    public static implicit operator Arg(ReadOnlySpan<long> value) => value.ToArray();

    public static implicit operator Arg(double[]? value) => value is null ? default : new(Kind.DoubleList, 0, value, value.Length);

    public static implicit operator Arg(Tensor[]? value) => value is null ? default : new(Kind.TensorList, 0, value, value.Length);

    public static implicit operator Arg(string? value) => value is null ? default : new(Kind.String, 0, value, Encoding.UTF8.GetByteCount(value));

    public static implicit operator Arg(Scalar? value) => value is null ? default : new(value.Kind, value.Bits, value);

    public static implicit operator Arg(Device? value) => value is null ? default : new(Kind.Device, (long)value.type, null, value.index);

    public static implicit operator Arg(Generator? value) => value is null ? default : new(Kind.Generator, 0, value);

    /// <summary>A list whose elements may be missing, as indexing takes it.</summary>
    internal static Arg Optional(Tensor?[] value) => new(Kind.OptionalTensorList, 0, value, value.Length);

    /// <summary>Writes the argument, its contents into <paramref name="memory"/>, which moves on.</summary>
    internal unsafe void Write(ref Value value, ref long* memory)
    {
        value.Kind = kind;
        value.Count = count;
        switch (kind)
        {
            case Kind.Tensor:
                value.Pointer = Unsafe.As<Tensor>(held!).Handle;
                return;
            case Kind.Generator:
                value.Pointer = Unsafe.As<Generator>(held!).Handle;
                return;
            case Kind.IntList:
                Unsafe.As<long[]>(held!).CopyTo(new Span<long>(memory, count));
                break;
            case Kind.DoubleList:
                Unsafe.As<double[]>(held!).CopyTo(new Span<double>(memory, count));
                break;
            case Kind.TensorList or Kind.OptionalTensorList:
                var tensors = Unsafe.As<Tensor?[]>(held!);
                for (var i = 0; i < count; i++)
                {
                    memory[i] = tensors[i]?.Handle ?? (kind == Kind.TensorList ? throw new ArgumentNullException(nameof(value), "A list of tensors holds a null.") : 0);
                }

                break;
            case Kind.String:
                Encoding.UTF8.GetBytes(Unsafe.As<string>(held!), new Span<byte>(memory, count));
                break;
            case Kind.Complex:
                var complex = Unsafe.As<Scalar>(held!).Complex;
                memory[0] = BitConverter.DoubleToInt64Bits(complex.Real);
                memory[1] = BitConverter.DoubleToInt64Bits(complex.Imaginary);
                break;
            default:
                value.Integer = bits;
                return;
        }

        value.Pointer = (nint)memory;
        memory += Words;
    }

    /// <summary>Keeps what the argument holds from being finalised before this point.</summary>
    internal void KeepAlive() => GC.KeepAlive(held);
}
