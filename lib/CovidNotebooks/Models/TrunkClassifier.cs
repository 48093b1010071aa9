using CovidNotebooks.Models.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// A trunk to be trained: its last map, averaged, and one dense layer. It takes images of any size from 32 × 32, so a trunk can be trained on small images.
/// Output: logits.
/// </summary>
/// <remarks>The trunk has the names and shapes of the documents' networks: <see cref="CopyTrunkTo"/> moves its weights there.</remarks>
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

    /// <summary>
    /// VGG16's convolutions, 512 channels. They start as torchvision's (He et al. 2015): with Keras' smaller Glorot weights thirteen layers without batch
    /// normalisation do not begin to learn.
    /// </summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="classes">Outputs.</param>
    public static TrunkClassifier Vgg16(long seed, int classes = 2)
    {
        var features = Vgg.Features(Vgg.Blocks16, batchNormalization: false);
        TorchvisionInitializers.Apply(features, seed);
        return new TrunkClassifier("VGG16 trunk", features, 512, classes, seed);
    }

    /// <summary>The convolutions of VGG19 with batch normalisation, 512 channels; they start as torchvision's.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="classes">Outputs.</param>
    public static TrunkClassifier Vgg19BatchNorm(long seed, int classes = 2)
    {
        var features = Vgg.Features(Vgg.Blocks19, batchNormalization: true);
        TorchvisionInitializers.Apply(features, seed);
        return new TrunkClassifier("VGG19-BN trunk", features, 512, classes, seed);
    }

    /// <summary>ResNet50 without its top, 2048 channels.</summary>
    /// <param name="seed">The seed of the initial weights: those of the form's framework.</param>
    /// <param name="form">torchvision's or Keras'.</param>
    /// <param name="classes">Outputs.</param>
    public static TrunkClassifier ResNet50(long seed, ResNetForm form = ResNetForm.Keras, int classes = 2) =>
        new("ResNet50 trunk", new ResNet50(classes: null, form, seed), Models.ResNet50.Features, classes, seed);

    /// <summary>Logits (N, classes) of images (N, 3, rows, columns) with at least 32 rows and columns.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.RequireAtLeast(images, 3, LeastSide);
        return @out.call(trunk.call(images).mean([2, 3]));
    }

    /// <summary>Copies the trunk's weights and running statistics into another trunk.</summary>
    /// <param name="target">For example <see cref="CovidXrayVgg16.Trunk"/>; it stays frozen if it is.</param>
    /// <exception cref="WeightsException">Names, shapes or types differ; the target is unchanged.</exception>
    public void CopyTrunkTo(Module target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ModelWeights.Copy(trunk.state_dict(), target);
    }
}
