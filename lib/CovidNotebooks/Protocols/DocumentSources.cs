using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>
/// Where the batches of a document's experiment come from: its loaders, or the maps of its frozen trunk, computed once
/// (<see cref="Protocol.AugmentationDraws"/>). Several trainings (seeds, folds) share it.
/// </summary>
public sealed class DocumentSources : IDisposable
{
    private readonly Protocol document;
    private readonly int workers;
    private readonly FeatureBank? changed;
    private readonly FeatureBank? plain;
    private readonly List<ImageLoader> loaders = [];

    private DocumentSources(Protocol document, int workers, FeatureBank? changed, FeatureBank? plain)
    {
        this.document = document;
        this.workers = workers;
        this.changed = changed;
        this.plain = plain;
    }

    /// <summary>Whether batches hold a trunk's maps instead of images: then only the head of a network is trained and asked.</summary>
    public bool AreMaps => changed is not null;

    /// <summary>Megabytes (2^20 bytes) of maps; 0 without any.</summary>
    public long Megabytes => ((changed?.Bytes ?? 0) + (plain?.Bytes ?? 0)) >> 20;

    /// <summary>Files that could not be read so far.</summary>
    public IReadOnlyList<string> BadImages =>
    [
        .. loaders.SelectMany(loader => loader.Report.BadImages.Select(bad => bad.Path)).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Prepares sources; a frozen trunk's maps are computed here, or read back from <paramref name="folder"/>.</summary>
    /// <param name="document">The experiment.</param>
    /// <param name="images">All images that will be asked for.</param>
    /// <param name="folder">Where maps are kept.</param>
    /// <param name="options">Seed, workers, device, progress.</param>
    /// <exception cref="ArgumentException">The document asks for maps, but its network has no frozen trunk.</exception>
    public static DocumentSources Of(Protocol document, ImageDataset images, string folder, DocumentRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(images);
        options ??= new DocumentRunOptions();
        if (document.AugmentationDraws is not { } draws)
        {
            return new DocumentSources(document, options.Workers, null, null);
        }

        using var network = document.Model(options.Seed);
        if (network is not IFrozenTrunk { Trunk: { } trunk })
        {
            throw new ArgumentException(
                $"Document {document.Number} has AugmentationDraws = {draws}, but its network ({network.GetName()}) has no frozen "
                    + "trunk whose maps could be kept. Leave it null.",
                nameof(document));
        }

        network.to(torch.device(options.Device));
        FeatureBank Bank(LoaderOptions loader, int times) =>
            FeatureBank.ReadOrCompute(
                folder,
                trunk,
                images,
                loader with { Workers = options.Workers },
                times,
                options.Device,
                options.Progress,
                options.Cancellation);
        return new DocumentSources(
            document, options.Workers, Bank(document.TrainingLoader(options.Seed), draws), Bank(document.EvaluationLoader(), 1));
    }

    /// <summary>Training images.</summary>
    /// <param name="part">The images.</param>
    /// <param name="seed">Of order and changes.</param>
    public IBatchSource Training(ImageDataset part, long seed) => Source(changed, part, document.TrainingLoader(seed, part.Count));

    /// <summary>Images that are measured after each epoch.</summary>
    /// <param name="part">The images.</param>
    /// <param name="seed">Of order and changes, where there are any.</param>
    public IBatchSource Validation(ImageDataset part, long seed) =>
        Source(document.ValidationIsAugmented ? changed : plain, part, document.ValidationLoader(seed, part.Count));

    /// <summary>Images that a result is about, all of them, in their order.</summary>
    /// <param name="part">The images.</param>
    public IBatchSource Evaluation(ImageDataset part) => Source(plain, part, document.EvaluationLoader());

    /// <summary>What of a network takes these batches: the whole of it, or its head.</summary>
    /// <param name="network">A model of the document.</param>
    public nn.Module<Tensor, Tensor> Taker(nn.Module<Tensor, Tensor> network) =>
        AreMaps && network is IFrozenTrunk { Head: { } head } ? head : network;

    /// <summary>Ends the loaders and frees the maps.</summary>
    public void Dispose()
    {
        loaders.ForEach(loader => loader.Dispose());
        changed?.Dispose();
        plain?.Dispose();
    }

    private IBatchSource Source(FeatureBank? bank, ImageDataset part, LoaderOptions options)
    {
        if (bank is not null)
        {
            return bank.Source(part, options);
        }

        var loader = new ImageLoader(part, options with { Workers = workers });
        loaders.Add(loader);
        return loader;
    }
}
