using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// A residual block of <see cref="ResNet18"/>: two 3 × 3 convolutions, added to its input. Where the channels change, the stride is 2.
/// </summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly ReLU relu = ReLU();
    private readonly Sequential? downsample;

    public BasicBlock(int channels, int width)
        : base(nameof(BasicBlock))
    {
        var stride = channels == width ? 1 : 2;
        conv1 = Conv2d(channels, width, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(width);
        conv2 = Conv2d(width, width, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(width);
        downsample = stride == 1 ? null : Sequential(Conv2d(channels, width, 1, stride: stride, bias: false), BatchNorm2d(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => ResidualBlock.Run(this, [(conv1, bn1), (conv2, bn2)], relu, downsample, input);
}
