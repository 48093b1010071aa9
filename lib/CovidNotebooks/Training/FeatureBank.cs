using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// What a frozen trunk gives for every image of a dataset, computed once for each of some augmentation draws, so that heads are trained in
/// seconds over many seeds and folds. A head trained on <see cref="Source"/> becomes what the whole network with that trunk frozen becomes.
/// </summary>
/// <remarks>
/// The maps stay in memory as single precision: draws × images × map, 100 KB an image and draw for VGG16 at 224 × 224 (512 × 7 × 7), 401 KB
/// for ResNet50 (2048 × 7 × 7). The trunk runs in eval mode without gradients, so a trunk with dropout, or with batch normalisations that
/// are still trained, cannot be banked.
/// </remarks>
public sealed class FeatureBank : IDisposable
{
    private readonly IReadOnlyList<Tensor> draws;

    private FeatureBank(ImageDataset dataset, LoaderOptions reading, IReadOnlyList<Tensor> draws, string key)
    {
        Reading = reading;
        Dataset = dataset;
        this.draws = draws;
        Key = key;
    }

    /// <summary>
    /// Stands for all that decides the maps: the trunk's weights, the images (paths, file lengths), how they are read and augmented, and
    /// the draws.
    /// </summary>
    public string Key { get; }

    /// <summary>How the images were read for the trunk.</summary>
    public LoaderOptions Reading { get; }

    /// <summary>The images behind the bank.</summary>
    public ImageDataset Dataset { get; }

    /// <summary>Augmentation draws of each image.</summary>
    public int Draws => draws.Count;

    /// <summary>The shape of what the trunk gives for one image: channels, rows, columns.</summary>
    public IReadOnlyList<long> FeatureShape => draws[0].shape[1..];

    /// <summary>Memory of the maps.</summary>
    public long Bytes => draws.Sum(draw => draw.numel() * sizeof(float));

    /// <summary>Runs the trunk over every image, once for each draw.</summary>
    /// <param name="trunk">The trunk; its layers' modes are put back afterwards.</param>
    /// <param name="dataset">The images; a source may later take any part of them.</param>
    /// <param name="loader">
    /// How images are read and augmented. Draw d is what a loader with these options gives in epoch d; its order, steps and sampling play
    /// no part.
    /// </param>
    /// <param name="draws">Augmentation draws; 1, the default, is right without augmentation.</param>
    /// <param name="device">Where the trunk runs; the maps come back to the CPU.</param>
    /// <param name="progress">Is told after every batch how many of how many images (times draws) are done; null for nobody.</param>
    /// <param name="cancellation">Ends the work after the batch that runs.</param>
    /// <exception cref="ArgumentException">Unreadable images are to be skipped: a bank holds every image of its dataset.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static FeatureBank Compute(
        nn.Module<Tensor, Tensor> trunk,
        ImageDataset dataset,
        LoaderOptions loader,
        int draws = 1,
        string device = "cpu",
        Action<int, int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (loader.BadImages == BadImagePolicy.Skip)
        {
            throw new ArgumentException(
                "A feature bank holds every image of its dataset, but the loader skips those that cannot be read. Take them out of "
                    + "the dataset, or set BadImages to Fail.",
                nameof(loader));
        }

        var key = FeatureBankKey.Of(trunk, dataset, loader, draws);
        new CpuTuning().Apply();
        using var images = new ImageLoader(
            dataset, loader with { Shuffle = false, Sampling = Sampling.EachOnce, StepsPerEpoch = null, DropLast = false });
        using var mode = new EvaluationMode(trunk);
        using var noGradients = no_grad();
        var where = torch.device(device);
        var maps = new List<Tensor>();
        try
        {
            for (var draw = 0; draw < draws; draw++)
            {
                var done = 0;
                foreach (var batch in images.Epoch(draw))
                {
                    using (batch)
                    using (var scope = NewDisposeScope())
                    {
                        cancellation.ThrowIfCancellationRequested();
                        NotebookHost.Cancellation.ThrowIfCancellationRequested();
                        var features = TrunkParts.Run(trunk, BatchOnDevice.Of(batch, where).Images).cpu();
                        if (done == 0)
                        {
                            maps.Add(empty([dataset.Count, .. features.shape[1..]], dtype: ScalarType.Float32).DetachFromDisposeScope());
                        }

                        maps[draw].narrow(0, done, batch.Count).copy_(features);
                    }

                    done += batch.Count;
                    progress?.Invoke((draw * dataset.Count) + done, draws * dataset.Count);
                }
            }

            return new FeatureBank(dataset, loader, maps, key);
        }
        catch
        {
            maps.ForEach(map => map.Dispose());
            throw;
        }
    }

    /// <summary>
    /// As <see cref="Compute"/>, but a bank that was computed before is read back from its file, and a new one is written there.
    /// </summary>
    /// <param name="folder">Where banks are kept; the file is named after the <see cref="Key"/>.</param>
    /// <param name="trunk">The trunk.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="loader">How images are read and augmented.</param>
    /// <param name="draws">Augmentation draws.</param>
    /// <param name="device">Where the trunk runs.</param>
    /// <param name="progress">Is told of a computation; a bank that is read back tells nothing.</param>
    /// <param name="cancellation">Ends the work after the batch that runs; no file is written then.</param>
    /// <exception cref="WeightsException">The file is damaged; delete it.</exception>
    public static FeatureBank ReadOrCompute(
        string folder,
        nn.Module<Tensor, Tensor> trunk,
        ImageDataset dataset,
        LoaderOptions loader,
        int draws = 1,
        string device = "cpu",
        Action<int, int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(trunk);
        ArgumentNullException.ThrowIfNull(loader);
        var key = FeatureBankKey.Of(trunk, dataset, loader, draws);
        var path = Path.Combine(folder, $"features-{key}.safetensors");
        if (File.Exists(path))
        {
            // The content is not disposed: its tensors are the bank's.
            var content = Safetensors.Read(path);
            return new FeatureBank(
                dataset, loader, [.. content.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)], key);
        }

        var bank = Compute(trunk, dataset, loader, draws, device, progress, cancellation);
        Safetensors.Write(
            path,
            bank.draws.Select((draw, i) => (draw, i))
                .ToDictionary(
                    pair => string.Create(CultureInfo.InvariantCulture, $"draw-{pair.i:0000}"), pair => pair.draw, StringComparer.Ordinal));
        return bank;
    }

    /// <summary>Batches of maps instead of images, for <see cref="Trainer.Fit"/> of a head or <see cref="Predictor"/>.</summary>
    /// <param name="images">Images of the bank, found by their path; their labels and groups are taken from here.</param>
    /// <param name="loader">
    /// Batch size, order, seed, steps and last batch, as an <see cref="ImageLoader"/> of these options has them; how images are read plays
    /// no part any more. Epoch e gets draw e modulo <see cref="Draws"/>.
    /// </param>
    /// <exception cref="DataException">An image is not in the bank, or there is none.</exception>
    /// <exception cref="ArgumentException">
    /// The options ask for balanced sampling, whose repeated images have draws of their own that a bank does not hold.
    /// </exception>
    public FeatureSource Source(ImageDataset images, LoaderOptions loader)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(loader);
        if (loader.Sampling != Sampling.EachOnce)
        {
            throw new ArgumentException(
                "Balanced sampling repeats images with draws of their own, which a feature bank does not hold. Use "
                    + "Sampling.EachOnce, with ClassWeights for unequal classes.",
                nameof(loader));
        }

        var rows = Enumerable.Range(0, Dataset.Count).ToDictionary(row => Dataset.FullPath(Dataset.Images[row]), StringComparer.Ordinal);
        return images.Count == 0
            ? throw new DataException(
                $"{images.Name} has no images, so there is nothing to load. Check the split or the filter that made it.")
            : new FeatureSource(this, images, loader, [.. images.Images.Select(image => Row(rows, images, image))]);
    }

    /// <summary>Frees the maps.</summary>
    public void Dispose()
    {
        foreach (var draw in draws)
        {
            draw.Dispose();
        }
    }

    /// <summary>The maps of some rows in one draw, in that order.</summary>
    internal Tensor Maps(int draw, IEnumerable<int> rows)
    {
        using var index = tensor(rows.Select(row => (long)row).ToArray());
        return draws[draw].index_select(0, index);
    }

    private int Row(Dictionary<string, int> rows, ImageDataset images, LabeledImage image) =>
        rows.TryGetValue(images.FullPath(image), out var row)
            ? row
            : throw new DataException(
                $"'{image.Path}' of {images.Name} is not in the feature bank of {Dataset.Name} ({Dataset.Count} images). Compute the "
                    + "bank over a dataset that holds all of them.");
}
