using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// Document 4's network: ResNet50 without its top, frozen, flattened, and one dense layer with two outputs. The document reads them through sigmoids and
/// trains softmax cross-entropy on their logits (see the protocol). Output: two logits (covid, normal).
/// </summary>
/// <remarks>
/// <code>
/// ResNet50    2048 × 7 × 7    23,508,032 in torchvision's form, 23,587,712 in Keras' with running statistics; frozen
/// Flatten     100,352
/// Dense       2                  200,706
/// </code>
/// </remarks>
public sealed class CovidXrayResNet50 : Module<Tensor, Tensor>, IFrozenTrunk
{
    /// <summary>Rows and columns of an input image.</summary>
    public const int ImageSize = 224;

    private readonly ResNet50 @base;
    private readonly Flatten flatten = Flatten();
    private readonly Linear @out = Linear(ResNet50.Features * 7 * 7, 2);

    /// <summary>Builds the network with a frozen trunk. Load pretrained weights into it; without them the trunk is noise.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="form">The trunk's form; Keras' is the document's.</param>
    public CovidXrayResNet50(long seed, ResNetForm form = ResNetForm.Keras)
        : base(nameof(CovidXrayResNet50))
    {
        @base = new ResNet50(classes: null, form, seed);
        RegisterComponents();
        KerasInitializers.Apply(this, seed);
        Freezing.Freeze(@base);
        Head = new LayerChain([(nameof(flatten), flatten), ("out", @out)]);
    }

    /// <summary>The ResNet50 without its top, (N, 2048, 7, 7); frozen at first.</summary>
    public Module<Tensor, Tensor> Trunk => @base;

    /// <summary>The layers after the trunk: logits (N, 2) of its maps (N, 2048, 7, 7). They are the model's own, which disposes them: training the head trains the model.</summary>
    public Module<Tensor, Tensor> Head { get; }

    /// <summary>Logits (N, 2) of images (N, 3, 224, 224).</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.Require(images, 3, ImageSize, ImageSize);
        return Head.call(@base.call(images));
    }
}
