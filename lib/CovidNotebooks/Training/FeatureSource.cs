using CovidNotebooks.Data;
using CovidNotebooks.Recording;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// Batches out of a <see cref="FeatureBank"/>: their <c>Images</c> are the trunk's maps, in the order that an <see cref="ImageLoader"/>
/// has.
/// </summary>
public sealed class FeatureSource : IBatchSource
{
    private readonly FeatureBank bank;
    private readonly LoaderOptions options;
    private readonly IReadOnlyList<int> rows;

    internal FeatureSource(FeatureBank bank, ImageDataset dataset, LoaderOptions options, IReadOnlyList<int> rows)
    {
        this.bank = bank;
        this.options = options;
        this.rows = rows;
        Dataset = dataset;
        BatchesPerEpoch = ImageLoader.Batches(dataset.Count, options);
    }

    /// <summary>How the images behind the maps were read.</summary>
    public LoaderOptions Reading => bank.Reading;

    /// <inheritdoc/>
    public ImageDataset Dataset { get; }

    /// <inheritdoc/>
    public int BatchSize => options.BatchSize;

    /// <inheritdoc/>
    public int BatchesPerEpoch { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> ToSettings() =>
        new Dictionary<string, object?>(FlatSettings.Of(options), StringComparer.Ordinal)
        {
            ["batches_per_epoch"] = BatchesPerEpoch,
            ["feature_bank"] = bank.Key,
            ["feature_bank.draws"] = bank.Draws,
        };

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch)
    {
        foreach (var indices in ImageLoader.EachOnce(Dataset.Count, options, epoch).Chunk(BatchSize).Take(BatchesPerEpoch))
        {
            yield return new Batch(
                bank.Maps(epoch % bank.Draws, indices.Select(index => rows[index])),
                tensor(indices.Select(index => (long)Dataset.Images[index].Label).ToArray()),
                indices);
        }
    }
}
