using CovidNotebooks.Recording;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// Document 2's networks: convolutions from scratch on gray CT slices of 248 × 248 pixels. Output: one logit; the published sigmoid is
/// applied by the loss and by the predictor.
/// </summary>
/// <remarks>
/// <code>
///           convolutions, each 'same' + ReLU + MaxPool 2      dense layers, each ReLU + dropout     parameters
/// Large     128@4, 64@8, 32@16                                128 (.3)                              4,987,361
/// Small     16@1, 32@3, 64@5, 64@5, 64@5                      128 (.4), 64 (.5), 8 (.3)               671,185
/// Final     16@1, 32@3, 64@5, 64@5                            128 (.4), 64 (.5), 8 (.3)             2,010,513
/// </code>
/// 'same' pads kernel - 1 in all, for even kernels one more at the right and the bottom.
/// </remarks>
public sealed class CovidCtCnn : Module<Tensor, Tensor>, IRecordedSettings, IFollowsImageType
{
    /// <summary>Rows and columns of an input image in the document.</summary>
    public const int ImageSize = 248;

    private readonly CovidCtCnnOptions options;

    private readonly List<(int Kernel, Conv2d Convolution, Module<Tensor, Tensor> Relu, MaxPool2d Pool)> stages = [];
    private readonly List<Module<Tensor, Tensor>> dense = [];

    /// <summary>Builds a network with Keras' initial weights.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="options">Its layers.</param>
    /// <exception cref="ArgumentException">A layer is impossible, or the picture is too small for so many poolings.</exception>
    public CovidCtCnn(long seed, CovidCtCnnOptions options)
        : base($"{nameof(CovidCtCnn)}.{options.Name}")
    {
        options.Validate();
        this.options = options;
        var channels = 1;
        foreach (var (filters, kernel) in options.Convolutions)
        {
            var n = stages.Count + 1;
            stages.Add((
                kernel,
                Named($"conv{n}", Conv2d(channels, filters, kernel, padding: kernel % 2 == 1 ? kernel / 2 : 0)),
                Named($"relu{n}", ReLU()),
                Named($"pool{n}", MaxPool2d(2))));
            channels = filters;
        }

        var side = options.ImageSize >> options.Convolutions.Count;
        var features = channels * side * side;
        dense.Add(Named("flatten", Flatten()));
        foreach (var ((units, dropout), n) in options.Dense.Select((layer, i) => (layer, i + 1)))
        {
            dense.Add(Named($"fc{n}", Linear(features, units)));
            dense.Add(Named($"fcrelu{n}", ReLU()));
            dense.Add(Named($"drop{n}", Dropout(dropout)));
            features = units;
        }

        dense.Add(Named("out", Linear(features, 1)));
        KerasInitializers.Apply(this, seed);
    }

    /// <summary>The document's base model: three convolutions with large, even kernels.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    public static CovidCtCnn Large(long seed) => new(seed, CovidCtCnnOptions.Large);

    /// <summary>The document's second model: five convolutions.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    public static CovidCtCnn Small(long seed) => new(seed, CovidCtCnnOptions.Small);

    /// <summary>The document's third model: the second without its last convolution and pooling.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    public static CovidCtCnn Final(long seed) => new(seed, CovidCtCnnOptions.Final);

    /// <summary>
    /// The last convolution after its ReLU: the layer to look at with class-activation maps. Belongs to the model, which disposes it.
    /// </summary>
    public Module<Tensor, Tensor> LastConvolution => stages[^1].Relu;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> ToSettings() => options.ToSettings();

    /// <summary>Logits (N, 1) of images (N, 1, 248, 248), or of the size that it was made for.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.Require(images, 1, options.ImageSize, options.ImageSize);
        var x = stages.Aggregate(
            images, (input, stage) => PooledConvolution.Run(stage.Convolution, stage.Relu, stage.Pool, Padded(input, stage.Kernel)));
        // Without hidden layers the output layer reads the maps, and a logit is never rounded.
        var maps = options.Dense.Count > 0 ? x : DenseInput.Of(x, dense[^1]);
        return dense.Aggregate(maps, (input, layer) => layer is Linear dense ? FollowingDense.Run(dense, input) : layer.call(input));
    }

    /// <summary>
    /// What an even kernel needs for 'same', which no symmetric padding of a convolution gives; odd kernels pad themselves.
    /// </summary>
    private static Tensor Padded(Tensor input, int kernel)
    {
        var (before, after) = ((kernel - 1) / 2, kernel / 2);
        return kernel % 2 == 1 ? input : functional.pad(input, (before, after, before, after));
    }

    private T Named<T>(string name, T layer)
        where T : Module<Tensor, Tensor>
    {
        register_module(name, layer);
        return layer;
    }
}
