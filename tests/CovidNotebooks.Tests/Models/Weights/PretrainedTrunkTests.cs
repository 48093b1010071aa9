using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Protocols;
using Tests.Data;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

[Collection(SharedGenerator.Name)]
public sealed class PretrainedTrunkTests(ImageNetFile file) : IClassFixture<ImageNetFile>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private DataFolder Data => new(folder.Path, "the test");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_any_weights_it_is_the_documents_network_with_random_numbers_and_says_so()
    {
        var trunk = PretrainedTrunk.Find(Data, PretrainedNetwork.Vgg16, fetch: false, folder.Path);
        Assert.Equal("VGG16 with random weights", trunk.Words);
        Assert.Equal((false, false, null), (trunk.HasImageNetWeights, trunk.IsDocumentsNetwork, trunk.InputNormalization));
        Assert.Contains("./kit weights get resnet18-imagenet", trunk.Sentence, StringComparison.Ordinal);
        Assert.Contains("./kit weights get resnet18-imagenet", trunk.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains(
            "The trunk is VGG16 with random weights.\n",
            new Document1 { Trunk = trunk }.SettingsTable().ToPlainText(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("The trunk is", new Document1().SettingsTable().ToPlainText(), StringComparison.Ordinal);
        using (var noise = trunk.Create(seed: 2))
        {
            using var scope = NewDisposeScope();
            Assert.Equal([1, 512, 2, 2], noise.call(zeros(1, 3, 64, 64)).shape);
        }

        Assert.Contains(
            "other weights than ImageNet's: random numbers", Comparability.Differences(new Document1(), With(trunk, "xray-25")));
    }

    [SkippableFact]
    public void ResNet18_stands_in_for_every_document_and_is_compared_with_a_remark()
    {
        file.SkipWithout();
        foreach (
            var (network, protocol, data) in new (PretrainedNetwork, Protocol, string)[]
            {
                (PretrainedNetwork.Vgg16, new Document1(), "xray-25"),
                (PretrainedNetwork.Vgg19BatchNorm, new Document3(), "covid-ct"),
            })
        {
            var trunk = PretrainedTrunk.Find(file.Data, network, fetch: false, folder.Path);
            var words = $"ResNet18 with ImageNet weights instead of {protocol.PublishedTrunk}";
            Assert.Equal(words, trunk.Words);
            Assert.Contains("(BGR - [114.4211, 123.8862, 125.1021]) / [1, 1, 1]", trunk.Sentence, StringComparison.Ordinal);
            Assert.Empty(Comparability.Differences(protocol, With(trunk, data)));
            Assert.Equal(words, Comparability.Remark(protocol, With(trunk, data)));
        }

        var third = PretrainedTrunk.Find(file.Data, PretrainedNetwork.Vgg19BatchNorm, fetch: false, folder.Path);
        using var one = new CovidXrayVgg16(seed: 1, trunk: third);
        using var four = new CovidXrayResNet50(seed: 1, trunk: third);
        using var three = third.Classifier(seed: 1);
        using var scope = NewDisposeScope();
        var images = rand(1, 3, 224, 224);
        var maps = new[] { one, (NetworkOnTrunk)four, three }.Select(network =>
        {
            network.eval();
            Assert.Equal([1, 2], network.call(images).shape);
            return GoldenTensors.Values(network.Trunk.call(images));
        }).ToList();
        // A frozen trunk has its normalisations folded into its convolutions: the same numbers but for rounding.
        Assert.All(maps, map => GoldenTensors.AssertClose(maps[0], map, 1e-4, "map"));
        Assert.All(one.Trunk.parameters().Concat(four.Trunk.parameters()), parameter => Assert.False(parameter.requires_grad));
        Assert.All(three.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void The_documents_own_file_comes_first_and_one_that_is_not_the_published_one_is_not_called_ImageNets()
    {
        using var from = KerasFiles.Trunk(PretrainedNetwork.ResNet50, seed: 3);
        Directory.CreateDirectory(Path.Combine(folder.Path, "weights"));
        Save(new ResNet50(classes: 5, ResNetForm.Torchvision, seed: 4), PretrainedWeights.TorchvisionResNet50);
        var other = PretrainedTrunk.Find(Data, PretrainedNetwork.ResNet50, fetch: false, folder.Path);
        Assert.Same(PretrainedWeights.TorchvisionResNet50, other.Weights);
        Assert.Equal(PixelNormalization.ImageNet, other.InputNormalization);
        Assert.Contains("is not the published one", other.Words, StringComparison.Ordinal);
        var card = other.ToPlainText();
        Assert.Contains("NOT as published", card, StringComparison.Ordinal);
        Assert.Contains("2048 channels, a 32nd of the rows and columns", card, StringComparison.Ordinal);
        Assert.Contains("what these weights expect, not the document's", card, StringComparison.Ordinal);
        Assert.Equal(other.Words, other.ToString());
        Assert.Contains(
            "takes 512 channels, ResNet50 gives 2048",
            Assert.Throws<ArgumentException>(() => new CovidXrayVgg16(seed: 1, trunk: other)).Message,
            StringComparison.Ordinal);
        Assert.NotEmpty(Comparability.Differences(new Document4(), With(other, "covid-xray")));
        using (var network = new CovidXrayResNet50(seed: 1, trunk: other))
        {
            Assert.DoesNotContain(network.Trunk.state_dict().Keys, name => name == "conv1.bias");
        }

        KerasFiles.Write(Path.Combine(folder.Path, "weights"), PretrainedWeights.KerasResNet50, from);
        var own = PretrainedTrunk.Find(Data, PretrainedNetwork.ResNet50, fetch: false, folder.Path);
        Assert.Same(PretrainedWeights.KerasResNet50, own.Weights);
        Assert.Null(own.InputNormalization);
        Assert.Contains("in the document", own.ToPlainText(), StringComparison.Ordinal);
        using var document4 = new CovidXrayResNet50(seed: 1, trunk: own);
        Assert.Equal(GoldenTensors.Values(from.parameters().First()), GoldenTensors.Values(document4.Trunk.parameters().First()));
        Assert.All(document4.Trunk.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void VGG19_takes_all_layers_but_the_last_which_starts_anew_with_the_seed()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "weights"));
        using var imageNet = Vgg.Vgg19BatchNorm(classes: 7, seed: 5);
        ModelWeights.Save(imageNet, Path.Combine(folder.Path, "weights", PretrainedWeights.TorchvisionVgg19BatchNorm.FileName));
        var trunk = PretrainedTrunk.Find(Data, PretrainedNetwork.Vgg19BatchNorm, fetch: false, folder.Path);
        using var network = trunk.Classifier(seed: 1);
        using var again = trunk.Classifier(seed: 1);
        using var scope = NewDisposeScope();
        var (from, into, second) = (imageNet.state_dict(), network.state_dict(), again.state_dict());
        Assert.All(
            into.Keys.Where(name => !name.StartsWith("classifier.6", StringComparison.Ordinal)),
            name => Assert.True(from[name].equal(into[name]).all().item<bool>(), name));
        Assert.Equal([2, 4096], into["classifier.6.weight"].shape);
        Assert.True(into["classifier.6.weight"].equal(second["classifier.6.weight"]).all().item<bool>());
        Assert.Null(trunk.InputNormalization);
    }

    private static Dictionary<string, object?> With(PretrainedTrunk trunk, string data) =>
        new(trunk.ToParameters(), StringComparer.Ordinal) { ["data"] = data };

    private void Save(nn.Module model, PretrainedWeights weights)
    {
        using (model)
        {
            ModelWeights.Save(model, Path.Combine(folder.Path, "weights", weights.FileName));
        }
    }
}
