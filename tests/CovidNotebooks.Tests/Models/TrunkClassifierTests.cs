using CovidNotebooks.Models;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class TrunkClassifierTests
{
    [Fact]
    public void It_averages_the_map_and_its_seed_decides_the_dense_layer()
    {
        using var classifier = new TrunkClassifier("test", new ResNet18(seed: 1), ResNet18.Features, classes: 2, seed: 3);
        using var again = new TrunkClassifier("test", new ResNet18(seed: 1), ResNet18.Features, classes: 2, seed: 3);
        using var other = new TrunkClassifier("test", new ResNet18(seed: 1), ResNet18.Features, classes: 2, seed: 4);
        using var scope = NewDisposeScope();
        classifier.eval();
        var images = rand(2, 3, 40, 64);
        var state = classifier.state_dict();
        var byHand = nn.functional.linear(classifier.Trunk.call(images).mean([2, 3]), state["out.weight"], state["out.bias"]);
        Assert.Equal(GoldenTensors.Values(byHand), GoldenTensors.Values(classifier.call(images)));
        Assert.Equal(GoldenTensors.Values(state["out.weight"]), GoldenTensors.Values(again.state_dict()["out.weight"]));
        Assert.NotEqual(GoldenTensors.Values(state["out.weight"]), GoldenTensors.Values(other.state_dict()["out.weight"]));
        Assert.Throws<ArgumentException>(() => classifier.call(rand(1, 3, 31, 64)));
    }
}
