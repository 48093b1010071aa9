using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static ReadOnlySpan<int> IntShape(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Array.ConvertAll(tensor.shape, size => (int)size);
    }

    /// <summary>Writes the tensor in TorchSharp's own form: element type, number of dimensions, dimensions, elements.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer) => TensorRecord.Write(writer, tensor);

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        TensorRecord.Write(writer, tensor);
    }

    public static void Save(this Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Reads into <paramref name="tensor"/> what Save wrote; type and shape must be the tensor's.</summary>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var record = TensorRecord.Read(reader);
        if (!skip)
        {
            record.MustFit(tensor);
            record.CopyTo(tensor);
        }
    }

    public static (float Real, float Imaginary) ToComplex32(this Tensor value) => value.ToComplexFloat32();

    public static System.Numerics.Complex ToComplex64(this Tensor value) => value.ToComplexFloat64();

    /// <summary>A tensor of one value, of the value's own type.</summary>
    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false)
        where T : struct
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(from_array(new[] { scalar }).reshape().to(InitializeDevice(device), copy: true).requires_grad_(requires_grad));
    }

    /// <summary>A tensor on the array's memory, or on a copy of it.</summary>
    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        using var scope = NewDisposeScope();
        var shared = from_array(rawArray).reshape(dimensions);
        return scope.MoveToOuter((doCopy ? shared.clone() : shared).requires_grad_(requires_grad));
    }
}
