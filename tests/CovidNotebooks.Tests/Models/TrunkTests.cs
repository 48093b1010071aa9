using CovidNotebooks.Models;
using CovidNotebooks.Training;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class TrunkTests
{
    [Fact]
    public void Document_1_trains_its_head_only()
    {
        using var model = new CovidXrayVgg16(seed: 1);
        var summary = ModelSummary.Of(model, 3, 224, 224);
        Assert.Equal((14_747_650, 32_962), (summary.TotalParameters, summary.TrainableParameters));
        Assert.Contains("features.30", summary.Layers.Select(layer => layer.Name));
        Freezing.UnfreezeFrom(model, "features.24");
        Assert.Equal(
            32_962 + (3 * ((9 * 512 * 512) + 512)),
            model.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()));
        Assert.Throws<ArgumentException>(() => Freezing.UnfreezeFrom(model, "features.1"));
        Freezing.Unfreeze(model);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Keras_ResNet50_has_its_counts_strides_and_biases()
    {
        using var model = new ResNet50(classes: null, ResNetForm.Keras, seed: 1);
        var layers = ModelSummary.Of(model, 3, 224, 224);
        Assert.Equal((23_587_712, 53_120), (layers.TotalParameters, layers.FrozenParameters));
        Assert.Equal([256, 14, 14], layers.Layers.Single(layer => layer.Name == "layer3.0.bn1").OutputShape);
        Assert.Equal([128, 28, 28], layers.Layers.Single(layer => layer.Name == "layer2.0.conv1").OutputShape);
        Assert.Equal((64 * 256) + 256, layers.Layers.Single(layer => layer.Name == "layer1.0.conv3").Parameters);
        Assert.Equal((3 * 49 * 64) + 64, layers.Layers.Single(layer => layer.Name == "conv1").Parameters);
        Assert.Equal([2048, 7, 7], layers.Layers[^1].OutputShape);

        using var torchForm = new ResNet50(classes: null, ResNetForm.Torchvision, seed: 1);
        var torchLayers = ModelSummary.Of(torchForm, 3, 224, 224);
        Assert.Equal([128, 56, 56], torchLayers.Layers.Single(layer => layer.Name == "layer2.0.conv1").OutputShape);
        Assert.Equal(23_508_032 + 53_120, torchLayers.TotalParameters);
    }

    [Fact]
    public void A_frozen_trunk_keeps_its_batch_statistics_while_the_head_is_trained()
    {
        using var model = new TinyCnn(batchNorm: true);
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.requires_grad = name.StartsWith("fc2", StringComparison.Ordinal);
        }

        var before = Numbers(model, name => !name.StartsWith("fc2", StringComparison.Ordinal));
        var head = Numbers(model, name => name.StartsWith("fc2", StringComparison.Ordinal));
        using var train = MemorySource.Random(16, 3, 16, 8, seed: 1);
        Trainer.Fit(model, train, null, new TrainerOptions { Epochs = 1 });
        Assert.Equal(before, Numbers(model, name => !name.StartsWith("fc2", StringComparison.Ordinal)));
        Assert.NotEqual(head, Numbers(model, name => name.StartsWith("fc2", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_stack_gives_with_hooks_what_it_gives_without()
    {
        using var scope = NewDisposeScope();
        using var model = new CovidXrayVgg16(seed: 2);
        model.eval();
        using var noGradients = no_grad();
        var images = rand(1, 3, 224, 224);
        var fast = GoldenTensors.Values(model.call(images));
        var relu = (nn.Module<Tensor, Tensor>)model.named_modules().Single(pair => pair.name == "features.3").module;
        long[] seen = [];
        var remover = relu.register_forward_hook((_, _, output) =>
        {
            seen = output.shape;
            return output;
        });
        Assert.Equal(fast, GoldenTensors.Values(model.call(images)));
        remover.remove();
        Assert.Equal([1, 64, 224, 224], seen);
    }

    [Fact]
    public void The_published_pooling_sees_the_top_left_of_the_map_the_other_one_all_of_it()
    {
        using var scope = NewDisposeScope();
        using var published = new CovidXrayVgg16(seed: 3);
        using var corrected = new CovidXrayVgg16(seed: 3, Vgg16Pooling.WholeMap);
        published.eval();
        corrected.eval();
        using var noGradients = no_grad();
        var map = rand(1, 512, 7, 7);
        var changed = map.clone();
        changed[0].narrow(1, 4, 3).fill_(5f);
        changed[0].narrow(2, 4, 3).fill_(5f);
        Assert.Equal(GoldenTensors.Values(published.Head.call(map)), GoldenTensors.Values(published.Head.call(changed)));
        Assert.NotEqual(GoldenTensors.Values(corrected.Head.call(map)), GoldenTensors.Values(corrected.Head.call(changed)));
        var flat = map.mean([2, 3], keepdim: true).expand(1, 512, 7, 7).contiguous();
        GoldenTensors.AssertClose(
            GoldenTensors.Values(published.Head.call(flat)), GoldenTensors.Values(corrected.Head.call(map)), 1e-5, "logits");
        Assert.Equal(published.state_dict().Keys, corrected.state_dict().Keys);
    }

    [Fact]
    public void A_head_has_the_models_own_layers_under_their_names()
    {
        using var vgg = new CovidXrayVgg16(seed: 1);
        Assert.Equal(["fc1.weight", "fc1.bias", "out.weight", "out.bias"], vgg.Head.named_parameters().Select(pair => pair.name));
        Assert.DoesNotContain(vgg.state_dict().Keys, name => name.Contains("Head", StringComparison.OrdinalIgnoreCase));
        vgg.Head.train();
        Assert.True(vgg.named_modules().Single(pair => pair.name == "drop").module.training);
        using var resnet = new CovidXrayResNet50(seed: 1);
        Assert.Equal(["out.weight", "out.bias"], resnet.Head.named_parameters().Select(pair => pair.name));
        using var scope = NewDisposeScope();
        Assert.Equal([3, 2], resnet.Head.call(zeros(3, 2048, 7, 7)).shape);
    }

    private static double[] Numbers(nn.Module model, Func<string, bool> which) =>
        [.. ModelState.Of(model).Where(pair => which(pair.Name)).SelectMany(pair => GoldenTensors.Values(pair.Tensor))];
}
