using CovidNotebooks.Recording;

namespace CovidNotebooks.Data;

/// <summary>Where training and prediction get their batches from.</summary>
public interface IBatchSource : IRecordedSettings
{
    /// <summary>The images behind the batches.</summary>
    ImageDataset Dataset { get; }

    /// <summary>Images in a full batch.</summary>
    int BatchSize { get; }

    /// <summary>Batches in an epoch, at most: a batch whose images are all unreadable is left out when bad images are skipped.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>
    /// Everything beside the images themselves that decides the numbers in the batches, as names and values: a training goes on from a
    /// checkpoint only where this is unchanged. Leave out what changes the time only.
    /// </summary>
    IReadOnlyDictionary<string, object?> IRecordedSettings.ToSettings() =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["batch_size"] = BatchSize, ["batches_per_epoch"] = BatchesPerEpoch };

    /// <summary>The batches of an epoch, one after another. The consumer disposes each.</summary>
    /// <param name="epoch">The number of the epoch, from 0; it decides order and augmentation.</param>
    IEnumerable<Batch> Epoch(int epoch);
}
