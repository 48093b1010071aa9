using static TorchSharp.torch;

namespace CovidNotebooks.Data;

/// <summary>Some images as tensors. Whoever takes a batch disposes it.</summary>
/// <param name="images">Float32, N × C × H × W; the memory is N × H × W × C (channels last).</param>
/// <param name="labels">Int64, N: class numbers.</param>
/// <param name="indices">Which images of the dataset these are.</param>
public sealed class Batch(Tensor images, Tensor labels, IReadOnlyList<int> indices) : IDisposable
{
    /// <summary>Float32, N × C × H × W: a permuted view of N × H × W × C memory, so its strides are those of channels-last.</summary>
    public Tensor Images { get; } = images;

    /// <summary>Int64, N: class numbers.</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>Indices into <see cref="ImageDataset.Images"/>, in the order of the tensors.</summary>
    public IReadOnlyList<int> Indices { get; } = indices;

    /// <summary>Number of images.</summary>
    public int Count => Indices.Count;

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
