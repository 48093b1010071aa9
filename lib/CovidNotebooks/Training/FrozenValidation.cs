using CovidNotebooks.Data;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// The validation images of a training whose trunk is frozen, as the maps that the trunk gives for them: each image goes through it once,
/// in the first epoch. The images are the same in every epoch and the trunk does not change, so its maps do not change either; the head is
/// asked anew each time.
/// </summary>
internal sealed class FrozenValidation : IBatchSource, IDisposable
{
    /// <summary>More maps than this are not kept: 2^20 bytes.</summary>
    private const long MostMegabytes = 256;

    private readonly ImageLoader loader;
    private readonly nn.Module<Tensor, Tensor> model;
    private readonly nn.Module<Tensor, Tensor> trunk;
    private readonly Device device;
    private readonly ReducedPrecision? precision;
    private readonly Tensor?[] kept;
    private long bytes;
    private bool wasChanged;

    private FrozenValidation(
        nn.Module<Tensor, Tensor> model, IFrozenTrunk parts, ImageLoader loader, Device device, ReducedPrecision? precision)
    {
        (this.model, this.loader, this.device, this.precision) = (model, loader, device, precision);
        (trunk, Head) = (parts.Trunk, parts.Head);
        kept = new Tensor?[loader.Dataset.Count];
    }

    /// <summary>What takes these batches.</summary>
    public nn.Module<Tensor, Tensor> Head { get; }

    /// <inheritdoc/>
    public ImageDataset Dataset => loader.Dataset;

    /// <inheritdoc/>
    public int BatchSize => loader.BatchSize;

    /// <inheritdoc/>
    public int BatchesPerEpoch => loader.BatchesPerEpoch;

    /// <summary>Images that went through the trunk so far.</summary>
    public int Computed { get; private set; }

    /// <summary>Whether the trunk has been frozen all the time, and nobody listens to the network: asked before each epoch.</summary>
    public bool Holds()
    {
        wasChanged |= trunk.parameters().Any(parameter => parameter.requires_grad)
            || model.modules().Append(model).Any(ForwardHooks.MayBeOn);
        return !wasChanged;
    }

    /// <summary>The maps of a training's validation images; null where these may change, or what the network makes of them.</summary>
    /// <param name="model">The network that is trained.</param>
    /// <param name="validation">Its validation images; null for none.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="precision">What the trunk computes in; null for float32.</param>
    public static FrozenValidation? Of(
        nn.Module<Tensor, Tensor> model, IBatchSource? validation, Device device, ReducedPrecision? precision)
    {
        if (model is not IFrozenTrunk parts || !TrunkParts.IsOwn(parts.Trunk) || validation is not ImageLoader loader
            || loader.Options is not { Augmentation: null, RandomCrop: null, Sampling: Sampling.EachOnce })
        {
            return null;
        }

        var maps = new FrozenValidation(model, parts, loader, device, precision);
        return maps.Holds() ? maps : null;
    }

    /// <inheritdoc/>
    public IEnumerable<Batch> Epoch(int epoch)
    {
        var order = loader.Order(epoch).Chunk(BatchSize).Take(BatchesPerEpoch).ToArray();
        return order.All(batch => Array.TrueForAll(batch, index => kept[index] is not null))
            ? order.Select(Kept)
            : loader.Epoch(epoch).Select(Through);
    }

    /// <summary>Frees the maps.</summary>
    public void Dispose()
    {
        foreach (var map in kept)
        {
            map?.Dispose();
        }
    }

    private Batch Kept(int[] indices)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(indices.Select(index => (long)Dataset.Images[index].Label).ToArray());
        return new Batch(
            cat(indices.Select(index => kept[index]!).ToArray()).DetachFromDisposeScope(), labels.DetachFromDisposeScope(), indices);
    }

    private Batch Through(Batch batch)
    {
        using (batch)
        using (var scope = NewDisposeScope())
        {
            using var mode = new EvaluationMode(trunk);
            var images = ImagePrecision.Of(BatchOnDevice.Of(batch, device).Images, precision);
            var maps = DenseInput.Of(TrunkParts.Run(trunk, images), Head);
            Computed += batch.Count;
            for (var i = 0; i < batch.Count; i++)
            {
                var map = maps.narrow(0, i, 1);
                var size = map.numel() * map.element_size();
                if (kept[batch.Indices[i]] is null && bytes + size <= MostMegabytes << 20)
                {
                    kept[batch.Indices[i]] = map.clone().DetachFromDisposeScope();
                    bytes += size;
                }
            }

            return new Batch(maps.DetachFromDisposeScope(), batch.Labels.clone().DetachFromDisposeScope(), batch.Indices);
        }
    }
}
