using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>A tensor as a pickle describes it: a view of a storage. Everything is checked before anything is allocated.</summary>
internal sealed class TorchTensor
{
    private const int MostDimensions = 32;

    /// <summary>Checks a description.</summary>
    /// <param name="storage">The elements.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="sizes">Its shape.</param>
    /// <param name="strides">Elements from one to the next along each dimension.</param>
    /// <exception cref="WeightsException">It reaches beyond the storage, or is not a shape at all.</exception>
    public TorchTensor(TorchStorage storage, long offset, object?[] sizes, object?[] strides)
    {
        if (sizes.Length != strides.Length
            || sizes.Length > MostDimensions
            || !sizes.Concat(strides).All(value => value is long and >= 0 and <= long.MaxValue / 4))
        {
            throw PickleReader.Refused($"a tensor of storage {storage.Key} has sizes and strides that are no shape");
        }

        (Storage, Offset, Sizes, Strides) = (storage, offset, [.. sizes.Cast<long>()], [.. strides.Cast<long>()]);
        var elements = (Int128)1;
        var last = (Int128)offset;
        for (var i = 0; i < Sizes.Length; i++)
        {
            elements *= Math.Max(1, Sizes[i]);
            last += (Int128)Math.Max(0, Sizes[i] - 1) * Strides[i];
            if (elements > long.MaxValue / 16 || last > long.MaxValue)
            {
                throw PickleReader.Refused($"a tensor of storage {storage.Key} has more elements than can be counted");
            }
        }

        Count = Sizes.Contains(0) ? 0 : (long)elements;
        if (offset < 0 || offset > storage.Count || (Count > 0 && last >= storage.Count))
        {
            throw PickleReader.Refused($"a tensor of storage {storage.Key} goes to element {last}, and the storage has {storage.Count}");
        }
    }

    /// <summary>The elements.</summary>
    public TorchStorage Storage { get; }

    /// <summary>The first of them.</summary>
    public long Offset { get; }

    /// <summary>The shape.</summary>
    public long[] Sizes { get; }

    /// <summary>Elements from one to the next along each dimension.</summary>
    public long[] Strides { get; }

    /// <summary>Elements in the shape.</summary>
    public long Count { get; }

    /// <summary>Bytes that it takes when it is written out without strides.</summary>
    public long Bytes => Count * Storage.ElementSize;

    /// <summary>The tensor itself, a view of its storage's elements.</summary>
    public Tensor Over(Tensor elements) =>
        (Count == 0 ? empty(Sizes, dtype: Storage.Type) : elements.as_strided(Sizes, Strides, Offset)).DetachFromDisposeScope();
}
