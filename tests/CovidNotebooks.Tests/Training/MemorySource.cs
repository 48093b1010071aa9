using CovidNotebooks.Data;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Images in memory as a source of batches, in the order of their index.</summary>
internal sealed class MemorySource(Tensor images, IReadOnlyList<int> labels, int batchSize, int? batches = null) : IBatchSource, IDisposable
{
    public ImageDataset Dataset { get; } = new(
        "memory",
        "/nowhere",
        labels.Max() < 2 ? ["Normal", "Pneumonia"] : [.. Enumerable.Range(0, labels.Max() + 1).Select(number => $"class {number}")],
        [.. labels.Select((label, i) => new LabeledImage($"image-{i:0000}.png", label))]);

    public int BatchSize => batchSize;

    public int BatchesPerEpoch => batches ?? ((labels.Count + batchSize - 1) / batchSize);

    /// <summary>Batches that were handed out.</summary>
    public int Handed { get; private set; }

    public static MemorySource Random(int count, int channels, int size, int batchSize, long seed)
    {
        using var generator = new Generator((ulong)seed);
        var random = new Random((int)seed);
        var labels = Enumerable.Range(0, count).Select(_ => random.Next(2)).ToList();
        using var scope = NewDisposeScope();
        var noise = rand(count, channels, size, size, generator: generator);
        var images = noise + (0.3 * tensor(labels.Select(label => (float)label).ToArray()).reshape(count, 1, 1, 1));
        return new MemorySource(images.DetachFromDisposeScope(), labels, batchSize);
    }

    public IEnumerable<Batch> Epoch(int epoch)
    {
        for (var b = 0; b < BatchesPerEpoch; b++)
        {
            var size = batches is null ? Math.Min(batchSize, labels.Count - (b * batchSize)) : batchSize;
            var indices = Enumerable.Range(b * batchSize, size).Select(i => i % labels.Count).ToList();
            using var index = tensor(indices.Select(i => (long)i).ToArray());
            Handed++;
            yield return new Batch(images.index_select(0, index), tensor(indices.Select(i => (long)labels[i]).ToArray()), indices);
        }
    }

    public void Dispose() => images.Dispose();
}
