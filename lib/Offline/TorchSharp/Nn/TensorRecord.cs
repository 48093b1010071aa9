using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One tensor in a file of a module or an optimizer: element type, number of dimensions, dimensions, then the elements row by row.</summary>
internal sealed record TensorRecord(ScalarType Dtype, long[] Shape, byte[] Bytes)
{
    internal static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var plain = tensor.detach().cpu().contiguous();
        WriteNumber(writer, (long)plain.dtype);
        WriteNumber(writer, plain.shape.Length);
        foreach (var size in plain.shape)
        {
            WriteNumber(writer, size);
        }

        writer.Write(plain.bytes);
    }

    internal static TensorRecord Read(BinaryReader reader)
    {
        var dtype = (ScalarType)ReadNumber(reader);
        var width = WidthOf(dtype);
        var rank = ReadNumber(reader);
        if (rank > 64)
        {
            throw new InvalidDataException($"A tensor of {rank} dimensions cannot be: the file is damaged or not one that TorchSharp wrote.");
        }

        var shape = new long[rank];
        long count = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = ReadNumber(reader);
            count = checked(count * shape[i]);
        }

        var length = checked(count * width);
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException($"A tensor of {length} bytes cannot be read: the file is damaged or not one that TorchSharp wrote.");
        }

        // Read in pieces, so that a damaged header cannot ask for more memory than the file is long.
        using var bytes = new MemoryStream();
        var buffer = new byte[Math.Min(length, 1 << 20)];
        while (bytes.Length < length)
        {
            var read = reader.Read(buffer, 0, (int)Math.Min(buffer.Length, length - bytes.Length));
            if (read == 0)
            {
                throw new EndOfStreamException($"The file ends inside a tensor: {bytes.Length} of {length} bytes.");
            }

            bytes.Write(buffer, 0, read);
        }

        return new TensorRecord(dtype, shape, bytes.ToArray());
    }

    internal void MustFit(Tensor target)
    {
        if (target.dtype != Dtype)
        {
            throw new ArgumentException($"Mismatched tensor data types while loading: expected {target.dtype}, but found {Dtype}. Make sure that the model you are loading into is exactly the same as the origin.");
        }

        if (!target.shape.SequenceEqual(Shape))
        {
            throw new ArgumentException($"Mismatched tensor shape while loading: expected [{string.Join(", ", target.shape)}], but found [{string.Join(", ", Shape)}]. Make sure that the model you are loading into is exactly the same as the origin.");
        }
    }

    internal Tensor ToTensor()
    {
        var tensor = empty(Shape, dtype: Dtype);
        if (Bytes.Length > 0)
        {
            tensor.bytes = Bytes;
        }

        return tensor;
    }

    internal void CopyTo(Tensor target)
    {
        using var _ = no_grad();
        using var tensor = ToTensor();
        target.copy_(tensor);
    }

    internal static void WriteNumber(BinaryWriter writer, long value)
    {
        while (value > 0x7f)
        {
            writer.Write((byte)(0x80 | (value & 0x7f)));
            value >>= 7;
        }

        writer.Write((byte)value);
    }

    internal static long ReadNumber(BinaryReader reader)
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = reader.ReadByte();
            value |= (long)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number of more than 63 bits cannot be: the file is damaged or not one that TorchSharp wrote.");
    }

    private static int WidthOf(ScalarType dtype) => dtype switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new InvalidDataException($"There is no element type {(int)dtype}: the file is damaged or not one that TorchSharp wrote."),
    };
}
