using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Training;
using Tests.Data;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(SharedGenerator.Name)]
public sealed class SubstituteTrunkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_trunk_that_was_trained_on_small_images_goes_into_the_documents_network()
    {
        var images = Phantoms.Create(folder.Path, new PhantomOptions { Seed = 1, TrainPerClass = 8, TestPerClass = 2, Size = 64 })["train"];
        using var substitute = SubstituteTrunk.Vgg16(images, new SubstituteTrunkOptions { ImageSize = 32, Epochs = 1, BatchSize = 7, ValidationShare = .25, Workers = 0 });
        Assert.Equal((12, 4), (substitute.Split["train"].Count, substitute.Split["val"].Count));
        Assert.Equal(12, substitute.ToParameters()["training_images"]);
        using var model = new CovidXrayVgg16(seed: 1);
        var before = Numbers(model.Trunk);
        var history = Trainer.Fit(substitute.Classifier, substitute.Training, substitute.Validation, substitute.Settings);
        Assert.True(double.IsFinite(history.Epochs.Single().Loss));
        substitute.CopyTo(model.Trunk);
        Assert.NotEqual(before, Numbers(model.Trunk));
        Assert.Equal(Numbers(substitute.Classifier.Trunk), Numbers(model.Trunk));
        Assert.All(model.Trunk.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void ResNet50_takes_images_as_document_4_feeds_them()
    {
        using var classifier = TrunkClassifier.ResNet50(seed: 2);
        using var model = new CovidXrayResNet50(seed: 1);
        classifier.CopyTrunkTo(model.Trunk);
        Assert.Equal(Numbers(classifier.Trunk), Numbers(model.Trunk));
        using var scope = NewDisposeScope();
        classifier.eval();
        Assert.Equal([2, 2], classifier.call(rand(2, 3, 40, 64)).shape);
        Assert.Throws<WeightsException>(() => classifier.CopyTrunkTo(TrunkClassifier.Vgg16(seed: 1).Trunk));
        var images = new ImageDataset("twenty", folder.Path, ["NORMAL", "PNEUMONIA"], [.. Enumerable.Range(0, 20).Select(i => new LabeledImage($"image-{i}.png", i % 2))]);
        using var substitute = SubstituteTrunk.ResNet50(images);
        Assert.Equal("(BGR - [103.939, 116.779, 123.68]) / [1, 1, 1]", substitute.ToParameters()["normalisation"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => SubstituteTrunk.ResNet50(images, new SubstituteTrunkOptions { ImageSize = 31 }));
    }

    [Fact]
    public void VGG19s_trunk_takes_its_running_statistics_along_and_stays_trainable_in_document_3s_network()
    {
        var images = Phantoms.Create(folder.Path, new PhantomOptions { Seed = 1, TrainPerClass = 8, TestPerClass = 2, Size = 64 })["train"];
        using var substitute = SubstituteTrunk.Vgg19BatchNorm(images, new SubstituteTrunkOptions { ImageSize = 32, Epochs = 1, BatchSize = 4, StepsPerEpoch = 1, ValidationShare = .25, Workers = 0 });
        using var model = Vgg.Vgg19BatchNorm(2, seed: 1);
        Trainer.Fit(substitute.Classifier, substitute.Training, substitute.Validation, substitute.Settings);
        substitute.CopyTo(model.Trunk);
        using var scope = NewDisposeScope();
        var (trained, copied) = (substitute.Classifier.Trunk.state_dict(), model.Trunk.state_dict());
        Assert.Equal(trained.Keys, copied.Keys);
        Assert.All(trained.Keys, name => Assert.True(trained[name].equal(copied[name]).all().item<bool>(), name));
        Assert.Contains(copied, pair => pair.Key.EndsWith("running_mean", StringComparison.Ordinal) && pair.Value.abs().max().item<float>() > 0);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void The_seed_decides_every_weight_that_a_trunk_begins_with()
    {
        double[] All(Func<TrunkClassifier> make)
        {
            using var classifier = make();
            using var scope = NewDisposeScope();
            return [.. classifier.parameters().Where(parameter => parameter.numel() < 40_000).SelectMany(GoldenTensors.Values)];
        }

        Assert.Equal(All(() => TrunkClassifier.Vgg16(seed: 3)), All(() => TrunkClassifier.Vgg16(seed: 3)));
        Assert.NotEqual(All(() => TrunkClassifier.Vgg16(seed: 3)), All(() => TrunkClassifier.Vgg16(seed: 4)));
        Assert.Equal(All(() => TrunkClassifier.Vgg19BatchNorm(seed: 3)), All(() => TrunkClassifier.Vgg19BatchNorm(seed: 3)));
        Assert.Equal(All(() => TrunkClassifier.ResNet50(seed: 3)), All(() => TrunkClassifier.ResNet50(seed: 3)));
    }

    private static double[] Numbers(nn.Module module)
    {
        using var scope = NewDisposeScope();
        return [.. module.parameters().Take(6).SelectMany(GoldenTensors.Values)];
    }
}
