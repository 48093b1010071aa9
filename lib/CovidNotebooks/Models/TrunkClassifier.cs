using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// A trunk, the average over its last map and one dense layer. It takes images of any size from 32 × 32. Output: logits. Trained as a
/// whole, from a layer on, or the dense layer alone: <see cref="Weights.PretrainedTrunk.WithHead"/>.
/// </summary>
public sealed class TrunkClassifier : NetworkOnTrunk, IFrozenTrunk, IFollowsImageType
{
    private const int LeastSide = 32;

    private readonly Module<Tensor, Tensor> trunk;
    private readonly Linear @out;

    /// <summary>Puts an average and a dense layer on a trunk. The dense layer starts as PyTorch starts one.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="trunk">The trunk; it is this model's from now on.</param>
    /// <param name="channels">Channels of its map.</param>
    /// <param name="classes">Outputs.</param>
    /// <param name="seed">The seed of the dense layer's weights.</param>
    public TrunkClassifier(string name, Module<Tensor, Tensor> trunk, int channels, int classes, long seed)
        : base(name)
    {
        this.trunk = trunk;
        @out = Linear(channels, classes);
        RegisterComponents();
        TorchvisionInitializers.ApplyDefault(@out, seed);
        Head = new LayerChain([("average", new MapAverage()), ("out", @out)]);
    }

    /// <summary>The layers that are to be used elsewhere; also the layer to look at with class-activation maps.</summary>
    public override Module<Tensor, Tensor> Trunk => trunk;

    /// <inheritdoc/>
    public bool Follows => trunk is IFollowsImageType { Follows: true };

    /// <summary>Logits (N, classes) of the trunk's maps. Its layers are the model's own: training the head trains the model.</summary>
    public Module<Tensor, Tensor> Head { get; }

    /// <summary>Logits (N, classes) of images (N, 3, rows, columns) with at least 32 rows and columns.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.RequireAtLeast(images, 3, LeastSide);
        return Head.call(DenseInput.Of(TrunkParts.Run(trunk, images), Head));
    }

    /// <summary>The average over a map's rows and columns.</summary>
    private sealed class MapAverage() : Module<Tensor, Tensor>(nameof(MapAverage))
    {
        public override Tensor forward(Tensor input) => input.mean([2, 3]);
    }
}
