using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// The residual network of He et al. (2015) with blocks of two 3 × 3 convolutions, in the form that CNTK trained on ImageNet and that the
/// package Microsoft.ML.DnnImageFeaturizer.ResNet18 carries: the last stage has three blocks. Without a top; 15.9 million weights. Output:
/// maps 512 × rows/32 × columns/32.
/// </summary>
/// <remarks>
/// <code>
/// conv1     7 × 7, 64, stride 2, batch normalisation, ReLU, MaxPool 3 stride 2
/// layer1    2 blocks  64
/// layer2    2 blocks 128     stride 2
/// layer3    2 blocks 256     stride 2
/// layer4    3 blocks 512     stride 2
/// </code>
/// The names are torchvision's. CNTK pads layers of stride 2 at the top and left only; on maps with even sides, as from 224 × 224, padding
/// on all sides reads the same pixels.
/// </remarks>
public sealed class ResNet18 : Module<Tensor, Tensor>, IFollowsImageType
{
    /// <summary>Channels of the last feature map.</summary>
    public const int Features = 512;

    private const int LeastSide = 32;

    private readonly Conv2d conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm2d bn1 = BatchNorm2d(64);
    private readonly ReLU relu = ReLU();
    private readonly MaxPool2d maxpool = MaxPool2d(3, stride: 2, padding: 1);
    private readonly LayerStack layer1 = new([new BasicBlock(64, 64), new BasicBlock(64, 64)]);
    private readonly LayerStack layer2 = new([new BasicBlock(64, 128), new BasicBlock(128, 128)]);
    private readonly LayerStack layer3 = new([new BasicBlock(128, 256), new BasicBlock(256, 256)]);
    private readonly LayerStack layer4 = new([new BasicBlock(256, 512), new BasicBlock(512, 512), new BasicBlock(512, 512)]);

    /// <summary>Builds the network with random weights.</summary>
    /// <param name="seed">The seed of the initial weights: torchvision's.</param>
    public ResNet18(long seed)
        : base(nameof(ResNet18))
    {
        RegisterComponents();
        TorchvisionInitializers.Apply(this, seed);
    }

    /// <summary>Maps (N, 512, rows/32, columns/32) of images (N, 3, rows, columns) with at least 32 rows and columns.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.RequireAtLeast(images, 3, LeastSide);
        return ResidualTrunk.Run(conv1, bn1, relu, maxpool, [layer1, layer2, layer3, layer4], images);
    }
}
