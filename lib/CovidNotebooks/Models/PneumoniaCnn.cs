using CovidNotebooks.Recording;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// Document 5's network: three convolutions from scratch on chest X-rays of 150 × 150 pixels; 2,424,194 parameters.
/// Output: two logits (normal, pneumonia). The published softmax is applied by the loss and by the predictor.
/// </summary>
/// <remarks>
/// <code>
/// layer            output          parameters
/// Conv 32@3 ReLU   32 × 148 × 148         896   valid padding
/// MaxPool 2        32 × 74 × 74
/// Conv 64@3 ReLU   64 × 72 × 72        18,496
/// MaxPool 2        64 × 36 × 36
/// Conv 64@3 ReLU   64 × 34 × 34        36,928
/// MaxPool 2        64 × 17 × 17
/// Flatten          18,496                      channels, rows, columns
/// Dense sigmoid    128              2,367,616
/// Dropout .5       128
/// Dense            2                      258
/// </code>
/// Keras flattens rows, columns, channels; that permutes the weights of the first dense layer and changes nothing else.
/// </remarks>
public sealed class PneumoniaCnn : Module<Tensor, Tensor>, IRecordedSettings, IFollowsImageType
{
    /// <summary>Rows and columns of an input image in the document.</summary>
    public const int ImageSize = 150;

    private readonly PneumoniaCnnOptions options;

    private readonly Conv2d conv1 = Conv2d(3, 32, 3);
    private readonly ReLU relu1 = ReLU();
    private readonly MaxPool2d pool1 = MaxPool2d(2);
    private readonly Conv2d conv2 = Conv2d(32, 64, 3);
    private readonly ReLU relu2 = ReLU();
    private readonly MaxPool2d pool2 = MaxPool2d(2);
    private readonly Conv2d conv3 = Conv2d(64, 64, 3);
    private readonly ReLU relu3 = ReLU();
    private readonly MaxPool2d pool3 = MaxPool2d(2);
    private readonly Flatten flatten = Flatten();
    private readonly Linear fc1;
    private readonly Module<Tensor, Tensor> sig;
    private readonly Dropout drop;
    private readonly Linear @out;

    /// <summary>Builds the network with Keras' initial weights.</summary>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="options">Its sizes; null for the document's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public PneumoniaCnn(long seed, PneumoniaCnnOptions? options = null)
        : base(nameof(PneumoniaCnn))
    {
        this.options = options ?? new PneumoniaCnnOptions();
        this.options.Validate();
        fc1 = Linear(64L * this.options.MapSize * this.options.MapSize, this.options.HiddenUnits);
        sig = this.options.HiddenActivation == HiddenActivation.Sigmoid ? Sigmoid() : ReLU();
        drop = Dropout(this.options.Dropout);
        @out = Linear(this.options.HiddenUnits, 2);
        RegisterComponents();
        KerasInitializers.Apply(this, seed);
    }

    /// <summary>
    /// The last convolution after its ReLU, (N, 64, 34, 34): the layer to look at with class-activation maps. Belongs to the model, which
    /// disposes it.
    /// </summary>
    public Module<Tensor, Tensor> LastConvolution => relu3;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> ToSettings() => options.ToSettings();

    /// <summary>Logits (N, 2) of images (N, 3, 150, 150), or of the size that it was made for.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.Require(images, 3, options.ImageSize, options.ImageSize);
        var x = PooledConvolution.Run(conv1, relu1, pool1, images);
        x = PooledConvolution.Run(conv2, relu2, pool2, x);
        x = PooledConvolution.Run(conv3, relu3, pool3, x);
        x = sig.call(FollowingDense.Run(fc1, flatten.call(x)));
        return @out.call(drop.call(x));
    }
}
