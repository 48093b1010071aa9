using System.Collections;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements as C# values, counted row by row whatever the strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly bool owned;
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly bool contiguous;
    private readonly unsafe T* start;

    internal unsafe TensorAccessor(torch.Tensor tensor, bool owned)
    {
        this.tensor = tensor;
        this.owned = owned;
        sizes = tensor.shape;
        strides = tensor.stride();
        if (Array.Exists(strides, stride => stride < 0))
        {
            throw new NotImplementedException($"Negative tensor strides are not supported: [{string.Join(", ", strides)}].");
        }

        contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
        start = (T*)tensor.DataPointer();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public unsafe T this[params long[] indices]
    {
        get
        {
            var value = Data[Offset(indices)];
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            Data[Offset(indices)] = value;
            GC.KeepAlive(this);
        }
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => Equals(left, right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !Equals(left, right);

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>An array of the tensor's own shape; a single value is an array of one element.</summary>
    public Array ToNDArray()
    {
        var result = Array.CreateInstance(typeof(T), sizes.Length == 0 ? [1L] : sizes);
        var flat = ToArray();
        for (var i = 0L; i < flat.LongLength; i++)
        {
            result.SetValue(flat[i], Position(i));
        }

        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        var target = array.Slice(arrayIndex, count);
        var data = Data;
        if (contiguous)
        {
            new ReadOnlySpan<T>(data + tensorIndex, count).CopyTo(target);
        }
        else
        {
            var offsets = new RowByRow(sizes, strides, tensorIndex);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = data[offsets.Next()];
            }
        }

        GC.KeepAlive(this);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(new ReadOnlySpan<T>(array), arrayIndex, tensorIndex);

    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        var source = array.Slice(arrayIndex, count);
        var data = Data;
        if (contiguous)
        {
            source.CopyTo(new Span<T>(data + tensorIndex, count));
        }
        else
        {
            var offsets = new RowByRow(sizes, strides, tensorIndex);
            foreach (var value in source)
            {
                data[offsets.Next()] = value;
            }
        }

        GC.KeepAlive(this);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
        {
            yield return At(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) =>
        obj is TensorAccessor<T> other && Count == other.Count && this.SequenceEqual(other);

    public override int GetHashCode() => HashCode.Combine(Count, tensor);

    public void Dispose()
    {
        if (owned)
        {
            tensor.Dispose();
        }
    }

    /// <summary>The element at a flat, row-by-row position.</summary>
    internal unsafe T At(long flat)
    {
        if (flat < 0 || flat >= Count)
        {
            throw new IndexOutOfRangeException($"There is no element {flat} among {Count}.");
        }

        var value = Data[contiguous ? flat : Offset(Position(flat))];
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>The tensor's memory; throws when the tensor is disposed.</summary>
    private unsafe T* Data => tensor.Handle == 0 ? null : start;

    private long[] Position(long flat)
    {
        var position = new long[Math.Max(sizes.Length, 1)];
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            (flat, position[axis]) = Math.DivRem(flat, sizes[axis]);
        }

        return position;
    }

    private long Offset(ReadOnlySpan<long> indices)
    {
        if (indices.Length != sizes.Length && !(sizes.Length == 0 && indices.Length == 1))
        {
            throw new ArgumentException($"The tensor has {sizes.Length} dimensions, but {indices.Length} indices were given.");
        }

        var offset = 0L;
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            offset += indices[axis] >= 0 && indices[axis] < sizes[axis]
                ? indices[axis] * strides[axis]
                : throw new IndexOutOfRangeException($"The index {indices[axis]} of dimension {axis} is not below its size {sizes[axis]}.");
        }

        return offset;
    }
}
