using System.Text.Json;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace Tests.Models;

[Trait("Category", "Golden")]
public class ModelParityTests
{
    /// <summary>The networks by what their state holds: how many tensors, the first one's name and shape, the last one's name.</summary>
    private static readonly Dictionary<string, Func<int, nn.Module<Tensor, Tensor>>> Networks = new(StringComparer.Ordinal)
    {
        ["30: features.0.weight [64,3,3,3] … out.bias"] = _ => new CovidXrayVgg16(seed: 1),
        ["10: conv1.weight [128,1,4,4] … out.bias"] = _ => CovidCtCnn.Large(seed: 1),
        ["18: conv1.weight [16,1,1,1] … out.bias"] = _ => CovidCtCnn.Small(seed: 1),
        ["16: conv1.weight [16,1,1,1] … out.bias"] = _ => CovidCtCnn.Final(seed: 1),
        ["320: base.conv1.weight [64,3,7,7] … out.bias"] = _ => new CovidXrayResNet50(seed: 1, ResNetForm.Torchvision),
        ["10: conv1.weight [32,3,3,3] … out.bias"] = _ => new PneumoniaCnn(seed: 1),
        ["320: conv1.weight [64,3,7,7] … fc.bias"] = outputs => new ResNet50(outputs, ResNetForm.Torchvision, seed: 1),
        ["32: features.0.weight [64,3,3,3] … classifier.6.bias"] = outputs => Vgg.Vgg16(outputs, seed: 1),
        ["118: features.0.weight [64,3,3,3] … classifier.6.bias"] = outputs => Vgg.Vgg19BatchNorm(outputs, seed: 1),
    };

    public static TheoryData<string> Files => GoldenCase.Files("models", "model_parity");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Logits_and_every_layer_are_those_of_torch(string file)
    {
        var golden = GoldenCase.Read(file);
        string[] state =
        [
            .. golden.GetProperty("state_dict").EnumerateArray()
            .Select(entry => $"{entry[0].GetString()} [{string.Join(',', GoldenCase.Integers(entry[1]))}]"),
        ];
        var content = $"{state.Length}: {state[0]} … {state[^1].Split(' ')[0]}";
        Assert.True(
            Networks.TryGetValue(content, out var create),
            $"{file}: no network with the state {content}; known: {string.Join("; ", Networks.Keys)}.");
        var salt = golden.GetProperty("salt").GetInt32();
        using var model = create(golden.GetProperty("logits_float64")[0].GetArrayLength());
        GoldenTensors.Fill(model, salt);
        model.eval();
        Assert.Equal(golden.GetProperty("parameter_count").GetInt64(), model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(state, ModelState.Of(model).Select(pair => $"{pair.Name} [{string.Join(',', pair.Tensor.shape)}]"));

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var shape = GoldenCase.Integers(golden.GetProperty("input_shape"));
        var images = GoldenTensors.Images(shape, salt);
        Assert.Equal(golden.GetProperty("input_check").GetProperty("sum").GetDouble(), images.sum(ScalarType.Float64).item<double>(), 1e-3);
        var expected = GoldenCase.Flat(golden.GetProperty("logits_float64"));
        var tolerance = golden.GetProperty("suggested_tolerance_abs").GetDouble();
        GoldenTensors.AssertClose(expected, GoldenTensors.Values(model.call(images)), tolerance, "logits");
        GoldenTensors.AssertClose(
            expected,
            GoldenTensors.Values(model.call(images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2))),
            tolerance,
            "logits of channels-last images");
        CompareLayers(model, images, golden.GetProperty("layers_float64"), tolerance / golden.GetProperty("logits_abs_max").GetDouble());
    }

    /// <summary>
    /// Every layer's output in the order of the calls, each number to the share of the layer's largest that the file allows for the logits.
    /// </summary>
    private static void CompareLayers(nn.Module<Tensor, Tensor> model, Tensor images, JsonElement expected, double share)
    {
        var layers = expected.EnumerateArray().ToArray();
        var calls = 0;
        var removers = model.named_modules().Where(pair => !pair.module.named_children().Any())
            .Select(pair => ((nn.Module<Tensor, Tensor>)pair.module).register_forward_hook((layer, _, output) =>
        {
            using var scope = NewDisposeScope();
            var golden = layers[calls++];
            var (name, type) = (golden.GetProperty("name").GetString(), golden.GetProperty("type").GetString());
            var call = golden.GetProperty("call").GetInt32();
            var tolerance = share * golden.GetProperty("abs_max").GetDouble();
            Assert.Equal((name, type), (pair.name, layer.GetType().Name));
            Assert.Equal(call, layers.Take(calls).Count(other => other.GetProperty("name").GetString() == name));
            Assert.Equal(GoldenCase.Integers(golden.GetProperty("shape")), output.shape);
            var values = output.to(ScalarType.Float64);
            var first = GoldenCase.Numbers(golden.GetProperty("first"));
            GoldenTensors.AssertClose(
                [
                    golden.GetProperty("mean").GetDouble(),
                    golden.GetProperty("std").GetDouble(),
                    golden.GetProperty("abs_max").GetDouble(),
                    .. first,
                ],
                [
                    values.mean().item<double>(),
                    values.std(unbiased: false).item<double>(),
                    values.abs().max().item<double>(),
                    .. GoldenTensors.Values(values.contiguous().view(-1).narrow(0, 0, first.Length)),
                ],
                tolerance,
                $"{name}, call {call}");
            return output;
        })).ToList();
        model.call(images);
        removers.ForEach(remover => remover.remove());
        Assert.Equal(layers.Length, calls);
    }
}
