using System.Globalization;
using CovidNotebooks.Recording;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// A small network to begin with on pictures of one's own: four convolutions with batch normalisation, the average over the last map, one
/// dense layer; 98 thousand parameters for three classes. It takes RGB pictures of any size from 32 × 32. Output: logits.
/// </summary>
/// <remarks>
/// <code>
/// layer                              output, for 128 × 128
/// Conv 16@3  BatchNorm ReLU MaxPool   16 × 64 × 64
/// Conv 32@3  BatchNorm ReLU MaxPool   32 × 32 × 32
/// Conv 64@3  BatchNorm ReLU MaxPool   64 × 16 × 16
/// Conv 128@3 BatchNorm ReLU MaxPool  128 × 8 × 8
/// mean over the map                  128
/// Dense                              classes
/// </code>
/// It is nobody's published network; its averaging head makes it small, so that a hundred pictures a class do not fit by heart at once.
/// </remarks>
public sealed class SmallCnn : Module<Tensor, Tensor>, IRecordedSettings
{
    private const int LeastSide = 32;

    // PyTorch's .1 still remembers half of its beginning after an epoch of seven steps: validation would lag behind training for epochs.
    private const double NormMomentum = 0.3;

    private static readonly int[] Filters = [16, 32, 64, 128];

    private readonly List<Module<Tensor, Tensor>> stages = [];
    private readonly int classes;
    private readonly Linear @out;

    /// <summary>Builds the network with random weights.</summary>
    /// <param name="classes">Outputs; at least 2.</param>
    /// <param name="seed">The seed of the initial weights: convolutions as torchvision's, the dense layer as PyTorch's own.</param>
    public SmallCnn(int classes, long seed)
        : base(nameof(SmallCnn))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        this.classes = classes;
        var channels = 3;
        foreach (var filters in Filters)
        {
            stages.Add(Sequential(
                ("conv", Conv2d(channels, filters, 3, padding: 1, bias: false)), ("norm", BatchNorm2d(filters, momentum: NormMomentum)),
                ("relu", ReLU()), ("pool", MaxPool2d(2))));
            register_module(string.Create(CultureInfo.InvariantCulture, $"stage{stages.Count}"), stages[^1]);
            channels = filters;
        }

        @out = Linear(channels, classes);
        register_module("out", @out);
        TorchvisionInitializers.Apply(this, seed, defaultDense: true);
    }

    /// <summary>The last stage, (N, 128, rows/16, columns/16): the layer to look at with class-activation maps. Belongs to the
    /// model.</summary>
    public Module<Tensor, Tensor> LastConvolution => stages[^1];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> ToSettings() =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["classes"] = classes, ["weights"] = "none" };

    /// <summary>Logits (N, classes) of images (N, 3, rows, columns) with at least 32 rows and columns.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.RequireAtLeast(images, 3, LeastSide);
        return @out.call(stages.Aggregate(images, (x, stage) => stage.call(x)).mean([2, 3]));
    }
}
