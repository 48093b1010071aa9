using CovidNotebooks.Training;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>The losses and the accuracy by hand, and where probabilities saturate.</summary>
public class LossFunctionsTests
{
    [Theory]
    [InlineData(Loss.CategoricalCrossEntropy)]
    [InlineData(Loss.BinaryCrossEntropyOnSoftmax)]
    public void Two_outputs_by_hand(Loss loss)
    {
        // Softmax of (0, ln 3) is (1/4, 3/4); the mean over two softmax outputs of the binary cross-entropy is the cross-entropy.
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0, Math.Log(3), 0, Math.Log(3) }).reshape(2, 2);
        var losses = GoldenTensors.Values(LossFunctions.PerImage(loss, logits, tensor(new[] { 0L, 1L })));
        GoldenTensors.AssertClose([Math.Log(4), Math.Log(4 / 3.0)], losses, 1e-6, "loss");
        Assert.Equal(losses.Average(), LossFunctions.Mean(loss, logits, tensor(new[] { 0L, 1L })).item<double>(), 1e-12);
    }

    [Fact]
    public void One_output_by_hand()
    {
        // The sigmoid of ln 3 is 3/4.
        using var scope = NewDisposeScope();
        var losses = GoldenTensors.Values(
            LossFunctions.PerImage(
                Loss.BinaryCrossEntropy, tensor(new[] { Math.Log(3), Math.Log(3) }).reshape(2, 1), tensor(new[] { 0L, 1L })));
        GoldenTensors.AssertClose([Math.Log(4), Math.Log(4 / 3.0)], losses, 1e-12, "loss");
    }

    [Fact]
    public void Keras_clips_saturated_softmax_outputs_and_logits_are_not_clipped()
    {
        // Keras: -mean(y log(p + e) + (1 - y) log(1 - p + e)) with p clipped to [e, 1 - e], e = 1e-7: certain and wrong is -log(2e-7).
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0.0, 500.0 }).reshape(1, 2);
        var wrong = tensor(new[] { 0L });
        Assert.Equal(-Math.Log(2e-7), LossFunctions.PerImage(Loss.BinaryCrossEntropyOnSoftmax, logits, wrong).item<double>(), 1e-6);
        Assert.Equal(500, LossFunctions.PerImage(Loss.CategoricalCrossEntropy, logits, wrong).item<double>(), 1e-9);
        Assert.Equal(
            500, LossFunctions.PerImage(Loss.BinaryCrossEntropy, tensor(new[] { 500.0 }).reshape(1, 1), wrong).item<double>(), 1e-9);
    }

    [Fact]
    public void A_tie_goes_to_the_first_class_and_one_half_is_not_positive()
    {
        using var scope = NewDisposeScope();
        var tied = tensor(new[] { 1.5, 1.5 }).reshape(1, 2);
        foreach (var activation in Enum.GetValues<OutputActivation>())
        {
            Assert.Equal(1, LossFunctions.Hits(activation, tied, tensor(new[] { 0L })).item<long>());
            Assert.Equal(0, LossFunctions.Hits(activation, tied, tensor(new[] { 1L })).item<long>());
            Assert.Equal(1, LossFunctions.Hits(activation, zeros(1, 1), tensor(new[] { 0L })).item<long>());
        }
    }
}
