using CovidNotebooks.Data;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
public class ClassWeightsTests
{
    private static readonly TrainerOptions OneEpoch = new() { Epochs = 1, Optimizer = new Sgd { LearningRate = .05 } };

    /// <summary>
    /// Probability of class 1 is 3/4: the loss of label 0 is ln 4, of label 1 ln(4/3); with weights 2 and 1/2 and labels 0, 1, 1 the sum is
    /// divided by 3 images.
    /// </summary>
    [Theory]
    [InlineData(Loss.CategoricalCrossEntropy)]
    [InlineData(Loss.BinaryCrossEntropy)]
    [InlineData(Loss.BinaryCrossEntropyOnSoftmax)]
    public void The_weighted_loss_is_Keras(Loss loss)
    {
        var logit = Math.Log(3);
        using var logits = loss == Loss.BinaryCrossEntropy ? tensor(new[] { logit, logit, logit }).reshape(3, 1)
        : tensor(new[] { 0, logit, 0, logit, 0, logit }).reshape(3, 2);
        using var labels = tensor(new long[] { 0, 1, 1 });
        using var weights = tensor(new[] { 2f, .5f });
        using var mean = LossFunctions.WeightedMean(loss, logits, labels, weights);
        Assert.Equal(((2 * Math.Log(4)) + (2 * .5 * Math.Log(4 / 3.0))) / 3, mean.item<double>(), 1e-6);
    }

    [Fact]
    public void Training_minimises_and_reports_the_weighted_loss_and_validates_without()
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(8, 3, 16, 8, seed: 3);
        using var validation = MemorySource.Random(8, 3, 16, 8, seed: 4);
        var observer = new RecordingObserver();
        var history = Trainer.Fit(model, train, validation, OneEpoch with { ClassWeights = [2, .5] }, observer);

        using var again = TrainerTests.NewModel();
        var plain = Trainer.Fit(again, train, validation, OneEpoch);

        Assert.NotEqual(plain.Last!.Loss, history.Last!.Loss, 1e-3);
        var (loss, _) = Evaluator.Evaluate(model, validation, Loss.CategoricalCrossEntropy, OutputActivation.Softmax);
        Assert.Equal(loss, history.Last.ValidationLoss!.Value);
    }

    [Fact]
    public void Weights_of_one_change_nothing_but_rounding_and_others_scale_the_step()
    {
        var plain = Trained(OneEpoch);
        var ones = Trained(OneEpoch with { ClassWeights = [1, 1] });
        var doubled = Trained(OneEpoch with { ClassWeights = [2, 2], Optimizer = new Sgd { LearningRate = .025 } });
        var first = Trained(OneEpoch with { ClassWeights = [1, 0] });
        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(plain[i], ones[i], 1e-6);
            Assert.Equal(plain[i], doubled[i], 1e-6);
        }

        Assert.NotEqual(plain, first);
        Assert.Equal(first, Trained(OneEpoch with { ClassWeights = [1, 0] }));
    }

    [Fact]
    public void A_class_of_weight_nothing_is_as_if_it_were_not_there()
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(8, 3, 16, 8, seed: 3);
        var relabelled = train.Dataset.Labels;
        var observer = new RecordingObserver();
        Trainer.Fit(model, train, null, OneEpoch with { ClassWeights = [0, 1] }, observer);

        using var other = TrainerTests.NewModel();
        var unweighted = new RecordingObserver();
        Trainer.Fit(other, train, null, OneEpoch with { ClassWeights = [1, 0] }, unweighted);

        using var both = TrainerTests.NewModel();
        var together = new RecordingObserver();
        Trainer.Fit(both, train, null, OneEpoch, together);
        Assert.Contains(0, relabelled);
        Assert.Contains(1, relabelled);
        Assert.Equal(together.Batches[0].BatchLoss, observer.Batches[0].BatchLoss + unweighted.Batches[0].BatchLoss, 1e-6);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_and_used_ones_are_told()
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(8, 3, 16, 8, seed: 3);
        Assert.Contains(
            "Normal, Pneumonia",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(model, train, null, OneEpoch with { ClassWeights = [1, 2, 3] })).Message,
            StringComparison.Ordinal);
        foreach (var weights in new double[][] { [1, -1], [0, 0], [double.NaN, 1] })
        {
            Assert.Contains(
                "ClassBalance.Weights",
                Assert.Throws<ArgumentException>((OneEpoch with { ClassWeights = weights }).Validate).Message,
                StringComparison.Ordinal);
        }

        Assert.Null(FlatSettings.Of(OneEpoch)["class_weights"]);
        Assert.Equal(new object[] { 2.0, .5 }, FlatSettings.Of(OneEpoch with { ClassWeights = [2, .5] })["class_weights"]);
        var counts = train.Dataset.CountsByClass;
        Assert.Equal(counts[0] * ClassBalance.Weights(train.Dataset)[0], counts[1] * ClassBalance.Weights(train.Dataset)[1], 1e-9);
    }

    private static double[] Trained(TrainerOptions options)
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(8, 3, 16, 4, seed: 3);
        Trainer.Fit(model, train, null, options);
        return TrainerTests.Weights(model);
    }
}
