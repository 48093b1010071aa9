using CovidNotebooks.Models;
using CovidNotebooks.Training;

namespace Tests.Training;

/// <summary>
/// Measuring a model leaves every layer in the mode that it was in: a bare <c>train()</c> afterwards would wake those that were put to
/// sleep.
/// </summary>
public class LayerModeTests
{
    [Fact]
    public void Predicting_and_evaluating_leave_each_layers_mode_as_it_was()
    {
        using var model = new TinyCnn(batchNorm: true, dropout: .5);
        using var source = MemorySource.Random(6, 3, 16, 4, seed: 1);
        model.train();
        model.named_modules().Single(layer => layer.name is "bn1").module.eval();
        var before = Modes(model);
        Assert.Contains(false, before);

        Predictor.Predict(model, source, OutputActivation.Softmax);
        Assert.Equal(before, Modes(model));
        Evaluator.Evaluate(model, source, Loss.CategoricalCrossEntropy, OutputActivation.Softmax);
        Assert.Equal(before, Modes(model));
        ModelSummary.Of(model, 3, 16, 16);
        Assert.Equal(before, Modes(model));

        model.eval();
        Predictor.Predict(model, source, OutputActivation.Softmax);
        Assert.DoesNotContain(true, Modes(model));
    }

    private static bool[] Modes(TorchSharp.torch.nn.Module model) =>
    [
        model.training,
        .. model.named_modules().Select(layer => layer.module.training),
    ];
}
