using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Recording;
using static TorchSharp.torch;

namespace CovidNotebooks.Data;

/// <summary>
/// Reads, resizes, augments and batches a dataset on worker threads ahead of the model, in the order of the framework whose options are
/// used; <see cref="LoaderOptions"/> names both orders.
/// </summary>
/// <remarks>
/// The batches depend on dataset, options and epoch alone, never on the number of workers: the order comes from (seed, epoch), each
/// augmentation from (seed, epoch, index), and for an image that comes again in the same epoch from its repetition too. Threads live only
/// while an epoch is enumerated. One epoch at a time is the rule; several at once work but share the memory.
/// </remarks>
public sealed class ImageLoader : IBatchSource, IDisposable
{
    private const long Purpose = 0x4F524452; // "ORDR": keeps the order's draws apart from the augmentation's.
    private readonly LoaderOptions options;
    private readonly PixelCache cache;
    private volatile bool disposed;

    /// <summary>Prepares a loader; nothing is read yet.</summary>
    /// <param name="dataset">The images; at least one.</param>
    /// <param name="options">Sizes, batches, augmentation and the rest.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">Two options exclude each other.</exception>
    /// <exception cref="DataException">
    /// The dataset is empty, or smaller than one batch when the last one is dropped, or lacks a class that is to be balanced.
    /// </exception>
    public ImageLoader(ImageDataset dataset, LoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (dataset.Count == 0)
        {
            throw new DataException(
                $"{dataset.Name} has no images, so there is nothing to load. Check the split or the filter that made it.");
        }

        if (options.DropLast && dataset.Count < options.BatchSize)
        {
            throw new DataException(
                $"{dataset.Name} has {dataset.Count} images, fewer than one batch of {options.BatchSize}, and the last batch is "
                    + "dropped when it is not full. Make the batches smaller, or keep the last one.");
        }

        if (options.Sampling == Sampling.Balanced)
        {
            _ = ClassBalance.Weights(dataset);
        }

        Dataset = dataset;
        this.options = options;
        cache = new PixelCache(dataset, options, Report);
        BatchesPerEpoch = Batches(dataset.Count, options);
    }

    /// <inheritdoc/>
    public ImageDataset Dataset { get; }

    /// <summary>The options that the loader was made with.</summary>
    public LoaderOptions Options => options;

    /// <inheritdoc/>
    public int BatchSize => options.BatchSize;

    /// <inheritdoc/>
    public int BatchesPerEpoch { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> ToSettings() =>
        new Dictionary<string, object?>(FlatSettings.Of(options), StringComparer.Ordinal) { ["batches_per_epoch"] = BatchesPerEpoch };

    /// <summary>What was read so far, and which files could not be.</summary>
    public LoadReport Report { get; } = new();

    /// <summary>The images of an epoch in their order: the same for the same (seed, epoch).</summary>
    public IReadOnlyList<int> Order(int epoch) =>
        options.Sampling == Sampling.Balanced ? BalancedOrder.Draw(Dataset, options.Seed, epoch)
        : EachOnce(Dataset.Count, options, epoch);

    /// <inheritdoc/>
    /// <exception cref="BadImageException">A file cannot be read, and bad images are not skipped.</exception>
    /// <exception cref="ObjectDisposedException">The loader was disposed.</exception>
    public IEnumerable<Batch> Epoch(int epoch)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var work = Numbered(Order(epoch)).Chunk(BatchSize).Take(BatchesPerEpoch).ToArray();
        using var batches = new OrderedPrefetch<Batch?>(
            work.Length,
            i => Make(work[i], epoch),
            batch => batch?.Dispose(),
            options.Workers,
            options.PrefetchBatches,
            $"loader of {Dataset.Name}");
        for (var i = 0; i < work.Length; i++)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (batches.Next() is { } batch)
            {
                yield return batch;
            }
        }
    }

    /// <summary>The numbers of one image as the model sees them in an epoch: height × width × channels values.</summary>
    /// <exception cref="BadImageException">The file cannot be read.</exception>
    public float[] Sample(int index, int epoch)
    {
        var sample = new float[SampleLength];
        SampleWriter.Write(cache.Get(index), index, epoch, repetition: 0, options, sample);
        return sample;
    }

    /// <summary>Ends every epoch that is being enumerated at its next batch.</summary>
    public void Dispose() => disposed = true;

    /// <summary>The order of a source that gives every image once.</summary>
    internal static IReadOnlyList<int> EachOnce(int count, LoaderOptions options, int epoch) =>
        options.Shuffle ? new RandomStream(options.Seed, Purpose, epoch).Permutation(count) : [.. Enumerable.Range(0, count)];

    /// <summary>Batches of an epoch.</summary>
    internal static int Batches(int count, LoaderOptions options)
    {
        var all = options.DropLast ? count / options.BatchSize : (count + options.BatchSize - 1) / options.BatchSize;
        return Math.Min(options.StepsPerEpoch ?? all, all);
    }

    private int SampleLength => options.Width * options.Height * (options.ColorMode == ColorMode.Rgb ? 3 : 1);

    /// <summary>How often each image has come before in the epoch: it decides the draws of those that come again.</summary>
    private IEnumerable<(int Index, int Repetition)> Numbered(IReadOnlyList<int> order)
    {
        var seen = new int[Dataset.Count];
        return order.Select(index => (index, seen[index]++));
    }

    private Batch? Make((int Index, int Repetition)[] images, int epoch)
    {
        if (options.BadImages == BadImagePolicy.Skip)
        {
            images = Array.FindAll(images, image => IsReadable(image.Index));
            if (images.Length == 0)
            {
                return null;
            }
        }

        var channels = options.ColorMode == ColorMode.Rgb ? 3 : 1;
        var memory = empty(images.Length, options.Height, options.Width, channels, dtype: ScalarType.Float32);
        try
        {
            var values = MemoryMarshal.Cast<byte, float>(memory.bytes);
            for (var i = 0; i < images.Length; i++)
            {
                var (index, repetition) = images[i];
                SampleWriter.Write(Read(index), index, epoch, repetition, options, values.Slice(i * SampleLength, SampleLength));
            }

            var indices = Array.ConvertAll(images, image => image.Index);
            return new Batch(
                memory.permute(0, 3, 1, 2), tensor(indices.Select(index => (long)Dataset.Images[index].Label).ToArray()), indices);
        }
        finally
        {
            memory.Dispose();
        }
    }

    private bool IsReadable(int index) => Problem(index, out _) is null;

    private PixelImage Read(int index)
    {
        if (Problem(index, out var image) is { } bad)
        {
            ExceptionDispatchInfo.Throw(bad);
        }

        return image!;
    }

    private BadImageException? Problem(int index, out PixelImage? image)
    {
        var bad = BadImageException.Try(() => cache.Get(index), out image);
        if (bad is not null)
        {
            Report.AddBad(Dataset.Images[index].Path, bad.Found);
        }

        return bad;
    }
}
