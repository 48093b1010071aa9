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
public sealed class CovidXrayVgg16 : Module<Tensor, Tensor>, IFrozenTrunk
{
    /// <summary>Rows and columns of an input image.</summary>
    public const int ImageSize = 224;

    private const int MapSize = 7;
    private const int PublishedWindow = 4;

    private readonly LayerStack features = Vgg.Features(Vgg.Blocks16, batchNormalization: false);
    private readonly AvgPool2d avgpool;
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1 = Linear(512, 64);
    private readonly ReLU relu = ReLU();
    private readonly Dropout drop = Dropout(0.5);
    private readonly Linear @out = Linear(64, 2);

    /// <summary>Builds the network with a frozen trunk. Load pretrained weights into it; without them the trunk is noise.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="pooling">What the head sees of the trunk's map; by default what the document's code does.</param>
    public CovidXrayVgg16(long seed, Vgg16Pooling pooling = Vgg16Pooling.TopLeftWindow)
        : base(nameof(CovidXrayVgg16))
    {
        avgpool = AvgPool2d(pooling == Vgg16Pooling.WholeMap ? MapSize : PublishedWindow);
        RegisterComponents();
        KerasInitializers.Apply(this, seed);
        Freezing.Freeze(features);
        Head = new LayerChain([(nameof(avgpool), avgpool), (nameof(flatten), flatten), (nameof(fc1), fc1), (nameof(relu), relu), (nameof(drop), drop), ("out", @out)]);
    }

    /// <summary>The convolutions, (N, 512, 7, 7); frozen at first.</summary>
    public Module<Tensor, Tensor> Trunk => features;

    /// <summary>The layers after the trunk: logits (N, 2) of its maps (N, 512, 7, 7). They are the model's own, which disposes them: training the head trains the model.</summary>
    public Module<Tensor, Tensor> Head { get; }

    /// <summary>Logits (N, 2) of images (N, 3, 224, 224).</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.Require(images, 3, ImageSize, ImageSize);
        return Head.call(features.call(images));
    }
}
