using CovidNotebooks.Data;
using CovidNotebooks.Training;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Training;

public class PredictorTests
{
    [Fact]
    public void A_source_that_gives_no_image_or_one_twice_is_refused()
    {
        using var model = TrainerTests.NewModel();
        using var none = new MemorySource(zeros(4, 3, 16, 16), [0, 1, 0, 1], batchSize: 2, batches: 0);
        Assert.Contains(
            "'memory' gave no image to predict: 4 images, 0 batches.",
            Assert.Throws<InvalidOperationException>(() => Predictor.Predict(model, none, OutputActivation.Softmax)).Message,
            StringComparison.Ordinal);
        using var twice = new MemorySource(zeros(4, 3, 16, 16), [0, 1, 0, 1], batchSize: 2, batches: 3);
        Assert.Contains(
            "'image-0000.png' came twice in one epoch",
            Assert.Throws<InvalidOperationException>(() => Predictor.Predict(model, twice, OutputActivation.Softmax)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_and_losses_are_those_of_each_image_in_the_order_of_the_files()
    {
        using var model = TrainerTests.NewModel();
        using var source = MemorySource.Random(11, 3, 16, 4, seed: 1);
        var predictions = Predictor.Predict(model, source, OutputActivation.Softmax);
        var shuffled = Predictor.Predict(model, new Backwards(source), OutputActivation.Softmax);
        Assert.Equal(source.Dataset.Images.Select(image => image.Path), predictions.Items.Select(item => item.Id));
        Assert.Equal(predictions.Items.Select(item => item.Id), shuffled.Items.Select(item => item.Id));
        foreach (var (item, other) in predictions.Items.Zip(shuffled.Items))
        {
            Assert.Equal(1, item.Scores.Sum(), 1e-6);
            Assert.Equal(-Math.Log(item.Scores[item.Label]), item.Loss, 1e-5);
            Assert.Equal(item.Scores[1], other.Scores[1], 1e-6);
        }

        Assert.True(model.training);
    }

    [Fact]
    public void One_output_gives_the_scores_of_two_classes()
    {
        using var model = new TinyCnn(outputs: 1);
        using var source = MemorySource.Random(5, 3, 16, 4, seed: 1);
        var predictions = Predictor.Predict(model, source, OutputActivation.Sigmoid);
        Assert.All(predictions.Items, item => Assert.Equal(1, item.Scores[0] + item.Scores[1], 1e-12));
        Assert.All(predictions.Items, item => Assert.Equal(-Math.Log(item.Scores[item.Label]), item.Loss, 1e-5));
    }

    [Fact]
    public void Two_sigmoids_need_not_add_up_to_one()
    {
        using var scope = NewDisposeScope();
        using var model = new TinyCnn();
        using var source = MemorySource.Random(4, 3, 16, 4, seed: 1);
        var sigmoid = Predictor.Predict(model, source, OutputActivation.Sigmoid);
        Assert.Contains(sigmoid.Items, item => Math.Abs(item.Scores.Sum() - 1) > 1e-3);
    }

    [Fact]
    public void A_model_with_other_outputs_than_classes_is_refused()
    {
        using var model = new TinyCnn(outputs: 3);
        using var source = MemorySource.Random(4, 3, 16, 4, seed: 1);
        var error = Assert.Throws<ArgumentException>(() => Predictor.Predict(model, source, OutputActivation.Softmax));
        Assert.Contains("Normal, Pneumonia", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_cross_entropy_on_two_softmax_outputs_is_the_mean_over_the_outputs_as_in_Keras()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[,] { { 2, -1 }, { 0.5f, 0.25f }, { -60, 60 } });
        var labels = tensor(new long[] { 0, 1, 0 });
        var losses = GoldenTensors.Values(LossFunctions.PerImage(Loss.BinaryCrossEntropyOnSoftmax, logits, labels));
        var p = 1 / (1 + Math.Exp(-3));
        Assert.Equal(-Math.Log(p), losses[0], 1e-6);
        Assert.Equal(-Math.Log(1 / (1 + Math.Exp(0.25))), losses[1], 1e-6);
        Assert.Equal(-Math.Log(2e-7), losses[2], 0.2);
    }

    private sealed class Backwards(MemorySource source) : IBatchSource
    {
        public ImageDataset Dataset => source.Dataset;

        public int BatchSize => source.BatchSize;

        public int BatchesPerEpoch => source.BatchesPerEpoch;

        public IEnumerable<Batch> Epoch(int epoch) => source.Epoch(epoch).Select(batch =>
        {
            using (batch)
            {
                return new Batch(batch.Images.flip(0), batch.Labels.flip(0), [.. batch.Indices.Reverse()]);
            }
        }).Reverse();
    }
}
