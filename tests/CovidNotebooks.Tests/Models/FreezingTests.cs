using CovidNotebooks.Models;
using CovidNotebooks.Training;
using Tests.Training;

namespace Tests.Models;

/// <summary>What a training changes in a network with batch normalisation of which a part is frozen.</summary>
[Collection(SharedGenerator.Name)]
public class FreezingTests
{
    [Fact]
    public void A_frozen_trunk_keeps_its_weights_and_statistics_and_the_head_moves()
    {
        using var model = Network();
        Freezing.Freeze(model.Trunk);
        AssertOnlyThoseMove(model, name => name.StartsWith("out.", StringComparison.Ordinal), moving: 2);
    }

    [Fact]
    public void From_the_layer_that_is_unfrozen_on_weights_and_statistics_move_and_those_before_it_stay()
    {
        using var model = Network();
        Freezing.Freeze(model.Trunk);
        Freezing.UnfreezeFrom(model, "trunk.layer4.1");

        // Two bottlenecks of three convolutions and three normalisations (two weights, three statistics), and the head.
        AssertOnlyThoseMove(
            model,
            name =>
                name.StartsWith("trunk.layer4.1.", StringComparison.Ordinal)
                    || name.StartsWith("trunk.layer4.2.", StringComparison.Ordinal)
                    || name.StartsWith("out.", StringComparison.Ordinal),
            moving: (2 * 3 * 6) + 2);
    }

    [Fact]
    public void Unfreezing_from_a_normalisation_on_leaves_the_convolution_before_it()
    {
        using var model = Network();
        Freezing.UnfreezeFrom(model, "trunk.bn1");
        AssertOnlyThoseMove(model, name => name is not "trunk.conv1.weight", moving: 318 + 2 - 1);
    }

    private static TrunkClassifier Network() =>
        new("ResNet50 trunk", new ResNet50(classes: null, ResNetForm.Torchvision, seed: 1), ResNet50.Features, classes: 2, seed: 1);

    private static void AssertOnlyThoseMove(TrunkClassifier model, Func<string, bool> moves, int moving)
    {
        var before = ModelState.Of(model).ToDictionary(pair => pair.Name, pair => pair.Tensor.clone(), StringComparer.Ordinal);
        Assert.Equal(moving, before.Keys.Count(moves));
        using var train = MemorySource.Random(8, 3, 64, 4, seed: 1);
        Trainer.Fit(model, train, null, new TrainerOptions { Epochs = 1, Optimizer = new TorchAdam { LearningRate = 1e-3 } });
        foreach (var (name, tensor) in ModelState.Of(model))
        {
            Assert.True(tensor.Equals(before[name]) != moves(name), $"{name} {(moves(name) ? "did not move" : "moved")}");
            before[name].Dispose();
        }
    }
}
