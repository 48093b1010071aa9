using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Explanation;

/// <summary>The small network of the golden class-activation maps.</summary>
internal sealed class GradCamCnn : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly ReLU relu1 = ReLU();
    private readonly Conv2d conv2 = Conv2d(5, 7, 3, padding: 1);
    private readonly BatchNorm2d? bn2;
    private readonly ReLU relu2 = ReLU();
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly bool averages;

    public GradCamCnn(int channels, int height, int width, int classes, bool batchNorm = false, bool averages = false)
        : base(nameof(GradCamCnn))
    {
        conv1 = Conv2d(channels, 5, 3, padding: 1);
        bn2 = batchNorm ? BatchNorm2d(7) : null;
        this.averages = averages;
        fc1 = Linear(averages ? 7 : 7 * (height / 4) * (width / 4), 9);
        fc2 = Linear(9, classes);
        RegisterComponents();
    }

    /// <summary>A ReLU: its output is the activation.</summary>
    public Module<Tensor, Tensor> LastActivation => relu2;

    /// <summary>The layer before that.</summary>
    public Module<Tensor, Tensor> BeforeActivation => bn2 is null ? conv2 : bn2;

    public Module<Tensor, Tensor> Dense => fc1;

    public override Tensor forward(Tensor images)
    {
        var x = functional.max_pool2d(relu1.call(conv1.call(images)), 2);
        x = conv2.call(x);
        x = relu2.call(bn2 is null ? x : bn2.call(x));
        x = averages ? x.mean([2, 3]) : functional.max_pool2d(x, 2).flatten(1);
        return fc2.call(functional.relu(fc1.call(x)));
    }
}
