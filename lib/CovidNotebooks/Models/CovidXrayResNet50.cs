using CovidNotebooks.Models.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// Document 4's network: ResNet50 without its top, frozen, flattened, and one dense layer with two outputs. The document reads them through
/// sigmoids and trains softmax cross-entropy on their logits (see the protocol). Output: two logits (covid, normal).
/// </summary>
/// <remarks>
/// <code>
/// ResNet50    2048 × 7 × 7    23,508,032 in torchvision's form, 23,587,712 in Keras' with running statistics; frozen
/// Flatten     100,352
/// Dense       2                  200,706
/// </code>
/// </remarks>
public sealed class CovidXrayResNet50 : NetworkOnTrunk, IFrozenTrunk, IFollowsImageType
{
    /// <summary>Rows and columns of an input image.</summary>
    public const int ImageSize = 224;

    private const int Reduction = 32;

    private readonly int imageSize;

    private readonly Module<Tensor, Tensor> @base;
    private readonly Flatten flatten = Flatten();
    private readonly Linear @out;

    /// <summary>Builds the network with a frozen trunk.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="form">The form of a ResNet50 without weights; Keras' is the document's. A trunk brings its own.</param>
    /// <param name="trunk">The trunk; null for ResNet50's layers with random numbers: noise. The dense layer is as wide as its map.</param>
    /// <param name="imageSize">Rows and columns of an input image; at least 32. Default 224.</param>
    /// <exception cref="WeightsException">The trunk's file cannot be read.</exception>
    public CovidXrayResNet50(long seed, ResNetForm form = ResNetForm.Keras, PretrainedTrunk? trunk = null, int imageSize = ImageSize)
        : base(nameof(CovidXrayResNet50))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageSize, Reduction);
        InputShape.RequireSize(imageSize);
        this.imageSize = imageSize;
        Pretrained = trunk;
        @base = trunk?.Empty(seed) ?? new ResNet50(classes: null, form, seed);
        @out = Linear(
            (trunk?.Channels ?? ResNet50.Features) * ((imageSize + Reduction - 1) / Reduction) * ((imageSize + Reduction - 1) / Reduction),
            2);
        RegisterComponents();
        KerasInitializers.Apply(this, seed);
        trunk?.Fill(@base);
        Freezing.Freeze(@base);
        Head = new LayerChain([(nameof(flatten), flatten), ("out", @out)]);
    }

    /// <summary>The ResNet50 without its top, (N, 2048, 7, 7), or what stands in for it; frozen at first.</summary>
    public override Module<Tensor, Tensor> Trunk => @base;

    /// <summary>
    /// The layers after the trunk: logits (N, 2) of its maps (N, 2048, 7, 7). They are the model's own, which disposes them: training the
    /// head trains the model.
    /// </summary>
    public Module<Tensor, Tensor> Head { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> ToSettings() =>
        WithTrunk([KeyValuePair.Create<string, object?>("image_size_pixels", imageSize)]);

    /// <summary>Logits (N, 2) of images (N, 3, 224, 224), or of the size that it was made for.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.Require(images, 3, imageSize, imageSize);
        return Head.call(DenseInput.Of(TrunkParts.Run(@base, images), Head));
    }
}
