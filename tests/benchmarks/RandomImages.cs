using CovidNotebooks.Data;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>The same batch of noise again and again: the speed of the model alone.</summary>
internal sealed class RandomImages(int batchSize, int batches, int size) : IBatchSource
{
    public ImageDataset Dataset { get; } = new("noise", "/", ["NORMAL", "PNEUMONIA"], [.. Enumerable.Range(0, batchSize * batches).Select(i => new LabeledImage($"{i}", i % 2))]);

    public int BatchSize => batchSize;

    public int BatchesPerEpoch => batches;

    public IEnumerable<Batch> Epoch(int epoch)
    {
        using var images = rand(batchSize, size, size, 3);
        for (var b = 0; b < batches; b++)
        {
            var labels = Enumerable.Range(0, batchSize).Select(i => (long)(i % 2)).ToArray();
            yield return new Batch(images.clone().permute(0, 3, 1, 2), tensor(labels), [.. Enumerable.Range(b * batchSize, batchSize)]);
        }
    }
}
