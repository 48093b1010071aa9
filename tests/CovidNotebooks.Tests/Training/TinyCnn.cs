using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Training;

/// <summary>The small network of the golden training runs: input 3 × 16 × 16.</summary>
internal sealed class TinyCnn : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d? bn1;
    private readonly Conv2d conv2 = Conv2d(6, 8, 3, padding: 1);
    private readonly Dropout drop;
    private readonly Linear fc1 = Linear(128, 16);
    private readonly Linear fc2;

    public TinyCnn(bool batchNorm = false, int outputs = 2, double dropout = 0)
        : base(nameof(TinyCnn))
    {
        conv1 = Conv2d(3, 6, 3, padding: 1, bias: !batchNorm);
        bn1 = batchNorm ? BatchNorm2d(6) : null;
        drop = Dropout(dropout);
        fc2 = Linear(16, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = conv1.call(input);
        x = bn1 is null ? x : bn1.call(x);
        x = functional.max_pool2d(functional.relu(x), 2);
        x = functional.max_pool2d(functional.relu(conv2.call(x)), 2);
        x = functional.relu(fc1.call(x.flatten(1)));
        return fc2.call(drop.call(x));
    }
}
