using CovidNotebooks.Data;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>One batch again and again: the model without reading, decoding and changing images.</summary>
internal sealed class RepeatedBatch(ImageDataset dataset, Batch batch, int batches) : IBatchSource
{
    public ImageDataset Dataset => dataset;

    public int BatchSize => batch.Count;

    public int BatchesPerEpoch => batches;

    public IEnumerable<Batch> Epoch(int epoch) =>
        Enumerable.Range(0, batches).Select(_ => new Batch(batch.Images.alias(), batch.Labels.alias(), batch.Indices));
}
