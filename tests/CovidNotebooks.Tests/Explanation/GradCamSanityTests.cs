using CovidNotebooks.Explanation;
using Tests.Models;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Explanation;

public class GradCamSanityTests
{
    [Fact]
    public void Similarity_is_the_rank_correlation_of_the_positions()
    {
        var map = new HeatMap(2, 2, [1, 2, 3, 4]);
        Assert.Equal(1, GradCamSanity.Similarity(map, new HeatMap(2, 2, [1, 4, 9, 16]))!.Value, 1e-12);
        Assert.Equal(-1, GradCamSanity.Similarity(map, new HeatMap(2, 2, [4, 3, 2, 1]))!.Value, 1e-12);

        // Ranks 1 2 3 4 against 2 1 4 3: 1 - 6 · 4 / (4 · 15) = .6.
        Assert.Equal(.6, GradCamSanity.Similarity(map, new HeatMap(2, 2, [2, 1, 4, 3]))!.Value, 1e-12);
        Assert.Null(GradCamSanity.Similarity(map, new HeatMap(2, 2, [0, 0, 0, 0])));
        Assert.Throws<ArgumentException>(() => GradCamSanity.Similarity(map, new HeatMap(1, 4, [1, 2, 3, 4])));
    }

    [Fact]
    public void Shuffling_changes_the_maps_and_leaves_the_weights_as_they_were()
    {
        using var model = Filled(5);
        using var other = Filled(9);
        using var source = MemorySource.Random(12, 3, 16, 4, seed: 2);
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair =>
            pair.Value.clone().flatten().to(ScalarType.Float64).data<double>().ToArray(), StringComparer.Ordinal);
        var sanity = GradCamSanity.Of(model, model.LastActivation, source, perClass: 4, permuted: (other, other.LastActivation));
        foreach (var (name, values) in model.state_dict())
        {
            Assert.Equal(before[name], values.flatten().to(ScalarType.Float64).data<double>().ToArray());
        }

        Assert.NotNull(sanity.SimilarityToShuffledWeights);
        Assert.InRange(sanity.SimilarityToShuffledWeights!.Value, -1, .99);
        Assert.NotNull(sanity.SimilarityToPermutedLabels);
        Assert.Equal(sanity.SimilarityToShuffledWeights,
            GradCamSanity.Of(model, model.LastActivation, source, perClass: 4).SimilarityToShuffledWeights);
        Assert.Contains("permuted labels", sanity.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(1, GradCamSanity.Of(model, model.LastActivation, source, perClass: 4,
            permuted: (model, model.LastActivation)).SimilarityToPermutedLabels!.Value, 1e-9);
    }

    [Fact]
    public void The_maps_of_a_network_that_answers_otherwise_explain_the_class_of_the_checked_one()
    {
        using var model = Filled(5);
        using var other = Filled(9);
        using var source = MemorySource.Random(12, 3, 16, 4, seed: 2);
        var sanity = GradCamSanity.Of(model, model.LastActivation, source, perClass: 4, permuted: (other, other.LastActivation));
        foreach (var others in new[] { sanity.OfShuffledWeights!, sanity.OfPermutedLabels! })
        {
            Assert.Equal(sanity.Maps.Items.Select(item => (item.Image, item.Activation.TargetClass)),
                others.Items.Select(item => (item.Image, item.Activation.TargetClass)));
        }

        Assert.All(sanity.Maps.Items, item => Assert.Equal(item.Activation.PredictedClass, item.Activation.TargetClass));
    }

    private static GradCamCnn Filled(int seed)
    {
        var model = new GradCamCnn(3, 16, 16, 2, batchNorm: true);
        GoldenTensors.Fill(model, seed);
        return model;
    }
}
