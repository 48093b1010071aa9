using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// Document 1's network: VGG16 without its top, frozen, and a small head; 14,747,650 parameters, 32,962 of them trained.
/// Output: two logits (covid, normal).
/// </summary>
/// <remarks>
/// <code>
/// VGG16 features     512 × 7 × 7    14,714,688   frozen
/// AveragePooling 4   512 × 1 × 1                 'valid': one window at the top left, rows and columns 4 to 6 are not used
/// Flatten            512
/// Dense ReLU         64                 32,832
/// Dropout .5         64
/// Dense              2                     130
/// </code>
/// With <see cref="Vgg16Pooling.WholeMap"/> the pooling's window is 7 × 7; the parameters are the same.
/// </remarks>
public sealed class CovidXrayVgg16 : NetworkOnTrunk, IFrozenTrunk, IFollowsImageType
{
    /// <summary>Rows and columns of an input image.</summary>
    public const int ImageSize = 224;

    private const int Channels = 512;
    private readonly CovidXrayVgg16Options options;
    private readonly Module<Tensor, Tensor> features;
    private readonly AvgPool2d avgpool;
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1;
    private readonly ReLU relu = ReLU();
    private readonly Dropout drop;
    private readonly Linear @out;

    /// <summary>Builds the network with a frozen trunk.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="pooling">What the head sees of the trunk's map; by default what the document's code does.</param>
    /// <param name="trunk">The trunk, with 512 channels; null for VGG16's layers with random numbers: noise.</param>
    /// <exception cref="ArgumentException">The trunk has other channels.</exception>
    /// <exception cref="WeightsException">The trunk's file cannot be read.</exception>
    public CovidXrayVgg16(long seed, Vgg16Pooling pooling = Vgg16Pooling.TopLeftWindow, PretrainedTrunk? trunk = null)
        : this(seed, new CovidXrayVgg16Options { Pooling = pooling }, trunk)
    {
    }

    /// <summary>Builds the network with a frozen trunk and another head.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="options">The head.</param>
    /// <param name="trunk">The trunk, with 512 channels; null for VGG16's layers with random numbers: noise.</param>
    /// <exception cref="ArgumentException">The trunk has other channels, or an option is outside its range.</exception>
    /// <exception cref="WeightsException">The trunk's file cannot be read.</exception>
    public CovidXrayVgg16(long seed, CovidXrayVgg16Options options, PretrainedTrunk? trunk = null)
        : base(nameof(CovidXrayVgg16))
    {
        options.Validate();
        this.options = options;
        Pretrained = trunk;
        if (trunk is not null && trunk.Channels != Channels)
        {
            throw new ArgumentException(
                $"Document 1's head takes {Channels} channels, {trunk.Name} gives {trunk.Channels}. "
                    + "Find the trunk with PretrainedNetwork.Vgg16.",
                nameof(trunk));
        }

        features = trunk?.Empty(seed) ?? Vgg.Features(Vgg.Blocks16, batchNormalization: false);
        avgpool = AvgPool2d(options.Window);
        fc1 = Linear(Channels * options.PooledCells, options.HiddenUnits);
        drop = Dropout(options.Dropout);
        @out = Linear(options.HiddenUnits, 2);
        RegisterComponents();
        KerasInitializers.Apply(this, seed);
        trunk?.Fill(features);
        Freezing.Freeze(features);
        Head = new LayerChain(
            [
                (nameof(avgpool), avgpool),
                (nameof(flatten), flatten),
                (nameof(fc1), fc1),
                (nameof(relu), relu),
                (nameof(drop), drop),
                ("out", @out),
            ]);
    }

    /// <summary>The convolutions, (N, 512, 7, 7); frozen at first.</summary>
    public override Module<Tensor, Tensor> Trunk => features;

    /// <summary>
    /// The layers after the trunk: logits (N, 2) of its maps (N, 512, 7, 7). They are the model's own, which disposes them: training the
    /// head trains the model.
    /// </summary>
    public Module<Tensor, Tensor> Head { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> ToSettings() => WithTrunk(FlatSettings.Of(options));

    /// <summary>Logits (N, 2) of images (N, 3, 224, 224), or of the size that it was made for.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.Require(images, 3, options.ImageSize, options.ImageSize);
        return Head.call(DenseInput.Of(TrunkParts.Run(features, images), Head));
    }
}
