using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>Whose ResNet50.</summary>
public enum ResNetForm
{
    /// <summary>torchvision's: the stride of a stage is on its 3 × 3 convolution, no biases, epsilon 1e-5.</summary>
    Torchvision,

    /// <summary>
    /// Keras': the stride is on the first 1 × 1 convolution, all convolutions have biases, epsilon 1.001e-5, momentum .99.
    /// </summary>
    Keras,
}

/// <summary>
/// ResNet with 50 layers (He et al. 2015), with torchvision's state_dict names. Output: logits, or without classes the last feature map
/// 2048 × rows/32 × columns/32.
/// </summary>
/// <remarks>
/// <code>
/// conv1     7 × 7, 64, stride 2, batch normalisation, ReLU, MaxPool 3 stride 2
/// layer1    3 bottlenecks  64, 64, 256
/// layer2    4 bottlenecks 128, 128, 512     stride 2
/// layer3    6 bottlenecks 256, 256, 1024    stride 2
/// layer4    3 bottlenecks 512, 512, 2048    stride 2
/// head      average over the map, Dense classes
/// </code>
/// torchvision with 1000 classes: 25,557,032 parameters. Keras without its top: 23,587,712, running statistics counted.
/// </remarks>
public sealed class ResNet50 : Module<Tensor, Tensor>, IFollowsImageType
{
    /// <summary>Channels of the last feature map.</summary>
    public const int Features = 2048;

    private const int LeastSide = 32;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu = ReLU();
    private readonly MaxPool2d maxpool = MaxPool2d(3, stride: 2, padding: 1);
    private readonly LayerStack layer1;
    private readonly LayerStack layer2;
    private readonly LayerStack layer3;
    private readonly LayerStack layer4;
    private readonly Module<Tensor, Tensor>? avgpool;
    private readonly Linear? fc;

    /// <summary>Builds the network.</summary>
    /// <param name="classes">Outputs, or null for the network without its top.</param>
    /// <param name="form">torchvision's or Keras'.</param>
    /// <param name="seed">The seed of the initial weights: those of the framework.</param>
    public ResNet50(int? classes, ResNetForm form, long seed)
        : base(nameof(ResNet50))
    {
        conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: form == ResNetForm.Keras);
        bn1 = Bottleneck.Normalization(64, form);
        layer1 = Stage(64, 64, 3, stride: 1, form);
        layer2 = Stage(256, 128, 4, stride: 2, form);
        layer3 = Stage(512, 256, 6, stride: 2, form);
        layer4 = Stage(1024, 512, 3, stride: 2, form);
        if (classes is { } outputs)
        {
            avgpool = AdaptiveAvgPool2d(1);
            fc = Linear(Features, outputs);
        }

        RegisterComponents();
        if (form == ResNetForm.Keras)
        {
            KerasInitializers.Apply(this, seed);
        }
        else
        {
            TorchvisionInitializers.Apply(this, seed, defaultDense: true);
        }
    }

    /// <summary>Logits (N, classes), or (N, 2048, rows/32, columns/32) without a top, of images (N, 3, rows, columns).</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.RequireAtLeast(images, 3, LeastSide);
        using var scope = NewDisposeScope();
        var x = ResidualTrunk.Run(conv1, bn1, relu, maxpool, [layer1, layer2, layer3, layer4], images);
        return (fc is null ? x : fc.call(avgpool!.call(DenseInput.Of(x, fc)).flatten(1))).MoveToOuterDisposeScope();
    }

    private static LayerStack Stage(int channels, int width, int blocks, int stride, ResNetForm form) =>
        new(
            Enumerable.Range(0, blocks)
                .Select(
                    i =>
                        i == 0 ? new Bottleneck(channels, width, stride, form, downsamples: true)
                        : new Bottleneck(width * 4, width, 1, form, downsamples: false)));
}
