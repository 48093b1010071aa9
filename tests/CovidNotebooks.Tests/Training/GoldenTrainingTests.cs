using CovidNotebooks.Training;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
[Trait("Category", "Golden")]
public class GoldenTrainingTests
{
    public static TheoryData<string> Files => GoldenCase.Files("training", "training_run");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Trains_like_torch(string file)
    {
        var golden = GoldenCase.Read(file);
        var config = golden.GetProperty("config");
        var salt = config.GetProperty("salt").GetInt32();
        var labels = GoldenCase.Integers(golden.GetProperty("labels")).Select(label => (int)label).ToList();
        var microBatch = config.GetProperty("micro_batch").GetInt32();
        var accumulate = config.GetProperty("accumulate").GetInt32();
        var outputs = config.GetProperty("outputs").GetInt32();
        var asDocument3 = config.GetProperty("update_rule").GetString() != "after_every_k";
        var losses = GoldenCase.Numbers(golden.GetProperty("micro_losses_float64"));
        using var model = new TinyCnn(config.GetProperty("batch_norm").GetBoolean(), outputs);
        GoldenTensors.Fill(model, salt);
        using var images = GoldenTensors.Images([labels.Count, 3, 16, 16], salt, labels);
        using var source = new MemorySource(images, labels, microBatch, asDocument3 ? null : losses.Length);
        var weights = new List<double[]> { Parameters(model) };
        var observer = new RecordingObserver(onBatch: _ => weights.Add(Parameters(model)));
        var options = new TrainerOptions
        {
            Epochs = asDocument3 ? config.GetProperty("epochs").GetInt32() : 1,
            Optimizer = OptimizerTests.Options("torch", config.GetProperty("optimizer").GetString()!, config.GetProperty("hyper")),
            Loss = outputs == 1 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
            Accumulation = new GradientAccumulation(accumulate, asDocument3 ? AccumulationRule.AsDocument3 : AccumulationRule.FullGroups),
        };
        Trainer.Fit(model, source, null, options, observer);

        var tolerance = golden.GetProperty("suggested_tolerance");
        GoldenTensors.AssertClose(
            losses,
            [.. observer.Batches.Select(progress => progress.BatchLoss)],
            tolerance.GetProperty("loss_abs").GetDouble(),
            "loss of batch");
        GoldenTensors.AssertState(
            model,
            golden.GetProperty("final_state_float64"),
            tolerance.GetProperty("l2_rel").GetDouble(),
            tolerance.GetProperty("element_abs").GetDouble());
        foreach (var tracked in golden.GetProperty("num_batches_tracked").EnumerateObject())
        {
            Assert.Equal(tracked.Value.GetInt64(), model.state_dict()[tracked.Name].item<long>());
        }

        // A step is where the weights change; gradients that no step used are still there in the end, and no others.
        Assert.Equal(
            GoldenCase.Integers(golden.GetProperty("optimizer_step_after_micro_index")),
            Enumerable.Range(0, losses.Length).Where(i => !weights[i].SequenceEqual(weights[i + 1])).Select(i => (long)i));
        var left = golden.GetProperty("gradient_left_over_at_end_float64");
        var gradients = model.named_parameters()
            .Where(pair => pair.parameter.grad is { } gradient && GoldenTensors.Values(gradient).Any(value => value != 0))
            .ToDictionary(pair => pair.name, pair => pair.parameter.grad!, StringComparer.Ordinal);
        Assert.Equal(
            left.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal), gradients.Keys.Order(StringComparer.Ordinal));
        GoldenTensors.AssertTensors(
            gradients, left, tolerance.GetProperty("l2_rel").GetDouble(), tolerance.GetProperty("element_abs").GetDouble());

        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var evaluated = GoldenTensors.Values(model.call(images.slice(0, 0, 8, 1)));
        GoldenTensors.AssertClose(
            GoldenCase.Flat(golden.GetProperty("eval_outputs_first8_after_training_float64")), evaluated, 1e-3, "output after training");
    }

    [Fact]
    public void The_published_rule_of_document_3_updates_after_the_first_batch_of_each_epoch()
    {
        var published = new GradientAccumulation(8, AccumulationRule.AsDocument3);
        Assert.Equal([0, 8, 16, 24, 32, 40, 48], Enumerable.Range(0, 54).Where(published.UpdatesAfter));
        Assert.Equal([7, 15, 23, 31, 39, 47], Enumerable.Range(0, 54).Where(new GradientAccumulation(8).UpdatesAfter));
    }

    private static double[] Parameters(nn.Module model) => [.. model.parameters().SelectMany(GoldenTensors.Values)];
}
