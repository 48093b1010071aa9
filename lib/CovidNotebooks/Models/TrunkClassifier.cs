using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>A trunk, the average over its last map and one dense layer, to be trained as a whole. It takes images of any size from 32 × 32. Output: logits.</summary>
public sealed class TrunkClassifier : NetworkOnTrunk
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
    }

    /// <summary>The layers that are to be used elsewhere.</summary>
    public override Module<Tensor, Tensor> Trunk => trunk;

    /// <summary>Logits (N, classes) of images (N, 3, rows, columns) with at least 32 rows and columns.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.RequireAtLeast(images, 3, LeastSide);
        return @out.call(trunk.call(images).mean([2, 3]));
    }
}
