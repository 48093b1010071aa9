using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>A residual block of <see cref="ResNet50"/>: 1 × 1, 3 × 3, 1 × 1, added to its input.</summary>
internal sealed class Bottleneck : Module<Tensor, Tensor>
{
    private const double TorchEpsilon = 1e-5;
    private const double TorchMomentum = 0.1;
    private const double KerasEpsilon = 1.001e-5;
    private const double KerasMomentum = 1 - 0.99;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly ReLU relu = ReLU();
    private readonly Sequential? downsample;

    public Bottleneck(int channels, int width, int stride, ResNetForm form, bool downsamples)
        : base(nameof(Bottleneck))
    {
        var keras = form == ResNetForm.Keras;
        conv1 = Conv2d(channels, width, 1, stride: keras ? stride : 1, bias: keras);
        bn1 = Normalization(width, form);
        conv2 = Conv2d(width, width, 3, stride: keras ? 1 : stride, padding: 1, bias: keras);
        bn2 = Normalization(width, form);
        conv3 = Conv2d(width, width * 4, 1, bias: keras);
        bn3 = Normalization(width * 4, form);
        downsample = downsamples
            ? Sequential(Conv2d(channels, width * 4, 1, stride: stride, bias: keras), Normalization(width * 4, form))
            : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) =>
        ResidualBlock.Run(this, [(conv1, bn1), (conv2, bn2), (conv3, bn3)], relu, downsample, input);

    internal static BatchNorm2d Normalization(int channels, ResNetForm form) =>
        form == ResNetForm.Keras ? BatchNorm2d(channels, eps: KerasEpsilon, momentum: KerasMomentum)
        : BatchNorm2d(channels, eps: TorchEpsilon, momentum: TorchMomentum);
}
