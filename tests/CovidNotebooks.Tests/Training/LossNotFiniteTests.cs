using CovidNotebooks.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Training;

/// <summary>Losses that are no numbers or infinite, of a network whose two logits are a pixel and its negative.</summary>
[Collection(SharedGenerator.Name)]
public class LossNotFiniteTests
{
    private static readonly TrainerOptions Options = new() { Epochs = 2, Optimizer = new Sgd { LearningRate = 1e-3 } };

    /// <summary>
    /// With the pixel 3e38 the logits are 3e38 and -3e38; their difference is beyond single precision, and the loss of the second class
    /// infinite.
    /// </summary>
    public static TheoryData<float> Pixels => [float.NaN, 3e38f];

    [Theory]
    [MemberData(nameof(Pixels))]
    public void A_training_loss_that_is_not_finite_ends_training_with_the_reason(float pixel)
    {
        using var model = new Signs();
        using var train = OnePixel(pixel);
        var before = TrainerTests.Weights(model);
        var history = Trainer.Fit(model, train, null, Options);
        Assert.Equal(StopReason.LossNotFinite, history.StopReason);
        Assert.Equal(
            "the loss was NaN or infinite in epoch 1, batch 1, at learning rate 0.001; a smaller one may help", history.StopExplanation);
        Assert.Empty(history.Epochs);
        Assert.Equal(before, TrainerTests.Weights(model));
    }

    [Theory]
    [MemberData(nameof(Pixels))]
    public void A_validation_loss_that_is_not_finite_ends_training_with_the_reason(float pixel)
    {
        using var model = new Signs();
        using var train = OnePixel(.5f);
        using var validation = OnePixel(pixel);
        var history = Trainer.Fit(model, train, validation, Options);
        var expected = float.IsNaN(pixel) ? double.NaN : double.PositiveInfinity;
        Assert.Equal(StopReason.LossNotFinite, history.StopReason);
        Assert.Equal(expected, history.Epochs.Single().ValidationLoss);
        Assert.Equal(0, history.BestEpoch);
        Assert.Contains(
            float.IsNaN(pixel) ? "the validation loss was NaN after epoch 1" : "the validation loss was Infinity after epoch 1",
            history.StopExplanation,
            StringComparison.Ordinal);
    }

    private static MemorySource OnePixel(float pixel) => new(full([4, 1, 1, 1], pixel), [1, 1, 1, 1], 4);

    private sealed class Signs : Module<Tensor, Tensor>
    {
        private readonly Linear @out = Linear(1, 2, hasBias: false);

        public Signs()
            : base(nameof(Signs))
        {
            RegisterComponents();
            using var noGradients = no_grad();
            using var signs = tensor(new[] { 1f, -1f }).reshape(2, 1);
            @out.weight!.copy_(signs);
        }

        public override Tensor forward(Tensor input) => @out.call(input.flatten(1));
    }
}
