using CovidNotebooks.Explanation;
using CovidNotebooks.Models;
using Tests.Models;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Explanation;

public class GradCamTests
{
    [Fact]
    public void A_layer_that_is_averaged_gets_the_map_of_the_weights_by_hand()
    {
        // One channel, averaged over 2 × 2 positions, weight 8: the derivative at each position is 8 / 4, so the map is 2 · activation
        // where that is positive.
        using var layer = nn.Identity();
        using var model = new Head(layer, x => x.mean([2, 3]) * tensor(new[] { 8f, -8f }));
        using var images = tensor(new[] { 1f, 2f, -3f, 4f }).reshape(1, 1, 2, 2);
        var towards = GradCam.Of(model, layer, images, [0]).Single();
        Assert.Equal([2, 4, 0, 8], towards.Map.Values);
        Assert.Equal(8, towards.Score, 1e-6);
        var against = GradCam.Of(model, layer, images, [1]).Single();
        Assert.Equal([0, 0, 6, 0], against.Map.Values);
        Assert.Equal((0, -8), (against.PredictedClass, (int)against.Score));
    }

    [Fact]
    public void A_single_output_explains_class_1_by_its_logit_and_class_0_by_the_negative()
    {
        using var layer = nn.Identity();
        using var model = new Head(layer, x => x.mean([2, 3]) * 8);
        using var images = tensor(new[] { 1f, 2f, -3f, 4f, -1f, -2f, 3f, -4f }).reshape(2, 1, 2, 2);
        var predicted = GradCam.Of(model, layer, images);
        Assert.Equal([1, 0], predicted.Select(item => item.TargetClass));
        Assert.Equal([8.0, 8.0], predicted.Select(item => item.Score));
        Assert.Equal([2, 4, 0, 8], predicted[0].Map.Values);
        Assert.Equal([2, 4, 0, 8], predicted[1].Map.Values);
    }

    [Fact]
    public void An_image_has_the_same_map_alone_and_among_others_in_a_frozen_model_and_without_gradients()
    {
        using var model = new GradCamCnn(3, 12, 16, 3, batchNorm: true);
        GoldenTensors.Fill(model, 5);
        using var images = GoldenTensors.Images([4, 3, 12, 16], 5);
        using var third = images.narrow(0, 2, 1);
        var together = GradCam.Of(model, model.LastActivation, images)[2];
        var alone = GradCam.Of(model, model.LastActivation, third).Single();
        GoldenTensors.AssertClose(alone.Map.Values, together.Map.Values, 1e-6, "map");
        Freezing.Freeze(model);
        using var noGradients = no_grad();
        GoldenTensors.AssertClose(
            together.Map.Values, GradCam.Of(model, model.LastActivation, images)[2].Map.Values, 1e-6, "map of the frozen model");
    }

    [Fact]
    public void The_model_is_left_as_it_was_also_after_an_error()
    {
        using var model = new GradCamCnn(3, 12, 12, 2, batchNorm: true);
        GoldenTensors.Fill(model, 6);
        model.train();
        model.BeforeActivation.eval();
        using var images = GoldenTensors.Images([2, 3, 12, 12], 6);
        var state = ModelState.Of(model).Select(pair => GoldenTensors.Values(pair.Tensor)).ToList();
        GradCam.Of(model, model.LastActivation, images);
        Assert.Throws<ArgumentException>(() => GradCam.Of(model, model.LastActivation, images, [0, 2]));
        Assert.Throws<ArgumentException>(() => GradCam.Of(model, model.LastActivation, images, [0]));
        Assert.True(model.training);
        Assert.True(model.LastActivation.training);
        Assert.False(model.BeforeActivation.training);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.grad is null));
        Assert.Equal(state, ModelState.Of(model).Select(pair => GoldenTensors.Values(pair.Tensor)));
        model.eval();
        model.call(images).sum().backward();
        // A hook that stayed would cut the first layers off.
        Assert.All(model.parameters(), parameter => Assert.False(parameter.grad is null));
    }

    [Fact]
    public void Layers_that_explain_nothing_are_refused_with_what_to_do()
    {
        using var model = new GradCamCnn(3, 12, 12, 2);
        using var images = GoldenTensors.Images([2, 3, 12, 12], 6);
        using var stranger = nn.ReLU();
        Assert.Contains(
            "did not run", Assert.Throws<ArgumentException>(() => GradCam.Of(model, stranger, images)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "(2, 9)", Assert.Throws<ArgumentException>(() => GradCam.Of(model, model.Dense, images)).Message, StringComparison.Ordinal);
        using var layer = nn.Identity();
        using var detached = new Head(layer, x => x.detach().mean([2, 3]));
        Assert.Contains(
            "do not depend",
            Assert.Throws<InvalidOperationException>(() => GradCam.Of(detached, layer, images)).Message,
            StringComparison.Ordinal);
        using var broken = new Head(layer, x => x.mean([2, 3]) * double.NaN);
        Assert.Contains(
            "NaN", Assert.Throws<InvalidOperationException>(() => GradCam.Of(broken, layer, images)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_work_in_place_or_free_their_tensors_do_not_disturb_the_map()
    {
        using var layer = nn.Conv2d(1, 2, 3);
        GoldenTensors.Fill(layer, 3);
        using var images = GoldenTensors.Images([2, 1, 8, 8], 7);
        using var plain = new Head(layer, x => x.relu().mean([2, 3]));
        using var inPlace = new Head(layer, x => x.relu_().mean([2, 3]));
        using var freeing = new Head(layer, x =>
        {
            using var scope = NewDisposeScope();
            return x.relu().mean([2, 3]).MoveToOuterDisposeScope();
        });
        using var sequence = nn.Sequential(layer, nn.ReLU(inplace: true), nn.AdaptiveAvgPool2d(1), nn.Flatten());
        var expected = GradCam.Of(plain, layer, images).SelectMany(item => item.Map.Values).ToList();
        Assert.Contains(expected, value => value > 0);
        GoldenTensors.AssertClose(
            expected, GradCam.Of(inPlace, layer, images).SelectMany(item => item.Map.Values).ToList(), 1e-7, nameof(inPlace));
        GoldenTensors.AssertClose(
            expected, GradCam.Of(freeing, layer, images).SelectMany(item => item.Map.Values).ToList(), 1e-7, nameof(freeing));
        GoldenTensors.AssertClose(
            expected, GradCam.Of(sequence, layer, images).SelectMany(item => item.Map.Values).ToList(), 1e-7, nameof(sequence));
    }

    [Fact]
    public void The_pneumonia_network_offers_its_last_convolution_and_its_logits_stay_the_same_while_it_is_looked_at()
    {
        using var model = new PneumoniaCnn(seed: 4);
        model.eval();
        using var scope = NewDisposeScope();
        using var images = GoldenTensors.Images([2, 3, 150, 150], 8);
        var before = GoldenTensors.Values(model.call(images));
        var seen = (Shape: Array.Empty<long>(), Smallest: -1f);
        var remover = model.LastConvolution.register_forward_hook((_, _, output) =>
        {
            seen = (output.shape, output.min().item<float>());
            return output;
        });
        var hooked = GoldenTensors.Values(model.call(images));
        remover.remove();
        Assert.Equal([2, 64, 34, 34], seen.Shape.AsEnumerable());
        Assert.Equal(0, seen.Smallest);
        Assert.Equal(before, hooked);
        Assert.Equal(before, GoldenTensors.Values(model.call(images)));
        var maps = GradCam.Of(model, model.LastConvolution, images, [1, 1]);
        Assert.Equal([before[1], before[3]], maps.Select(item => item.Score));
        Assert.All(maps, item => Assert.Equal((34, 34), (item.Map.Height, item.Map.Width)));
    }

    [Fact]
    public void The_networks_of_the_other_documents_can_be_looked_at_too()
    {
        using var ct = CovidCtCnn.Final(seed: 1);
        using var slices = GoldenTensors.Images([1, 1, 248, 248], 8);
        var map = GradCam.Of(ct, ct.LastConvolution, slices).Single().Map;
        Assert.Equal((31, 31), (map.Height, map.Width));
        using var vgg = new CovidXrayVgg16(seed: 1);
        using var images = GoldenTensors.Images([1, 3, 224, 224], 8);
        var last = GradCam.Of(vgg, vgg.Trunk, images).Single().Map;
        Assert.Equal((7, 7), (last.Height, last.Width));
        Assert.False(last.IsZero && map.IsZero);
        Assert.All(vgg.Trunk.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void Over_a_source_the_same_seed_takes_the_same_images_of_each_class()
    {
        using var model = new GradCamCnn(3, 16, 16, 2);
        GoldenTensors.Fill(model, 9);
        using var source = MemorySource.Random(60, 3, 16, 8, seed: 1);
        var maps = GradCam.Over(model, model.LastActivation, source, perClass: 5, seed: 3);
        Assert.Equal((16, 16), (maps.InputHeight, maps.InputWidth));
        Assert.Equal([5, 5], maps.Items.GroupBy(item => item.Image.Label).Select(group => group.Count()));
        Assert.Equal(
            maps.Items.Select(item => item.Image.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            maps.Items.Select(item => item.Image.Path));
        var again = GradCam.Over(model, model.LastActivation, source, perClass: 5, seed: 3, targetClass: 1);
        Assert.Equal(maps.Items.Select(item => item.Image), again.Items.Select(item => item.Image));
        Assert.All(again.Items, item => Assert.Equal(1, item.Activation.TargetClass));
        Assert.NotEqual(
            maps.Items.Select(item => item.Image),
            GradCam.Over(model, model.LastActivation, source, perClass: 5, seed: 4).Items.Select(item => item.Image));
        var all = GradCam.Over(model, model.LastActivation, source, perClass: 100);
        Assert.Equal(60, all.Items.Count);
        using var first = source.Epoch(0).First();
        var direct = GradCam.Of(model, model.LastActivation, first.Images);
        GoldenTensors.AssertClose(direct[7].Map.Values, all.Items[7].Activation.Map.Values, 1e-6, "map of image 7");
        Assert.Contains("what speaks for Pneumonia", again.ToPlainText(), StringComparison.Ordinal);
    }

    private sealed class Head : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> body;
        private readonly Func<Tensor, Tensor> head;

        public Head(nn.Module<Tensor, Tensor> body, Func<Tensor, Tensor> head)
            : base(nameof(Head))
        {
            this.body = body;
            this.head = head;
            RegisterComponents();
        }

        public override Tensor forward(Tensor images) => head(body.call(images));
    }
}
