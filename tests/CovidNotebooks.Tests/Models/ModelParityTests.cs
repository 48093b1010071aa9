using System.Text.Json;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace Tests.Models;

public class ModelParityTests
{
    /// <summary>What the name of a golden file begins with, and the network for that number of outputs.</summary>
    private static readonly Dictionary<string, Func<int, nn.Module<Tensor, Tensor>>> Networks = new(StringComparer.Ordinal)
    {
        ["doc1"] = _ => new CovidXrayVgg16(seed: 1),
        ["doc2_large"] = _ => CovidCtCnn.Large(seed: 1),
        ["doc2_small"] = _ => CovidCtCnn.Small(seed: 1),
        ["doc2_final"] = _ => CovidCtCnn.Final(seed: 1),
        ["doc3"] = outputs => Vgg.Vgg19BatchNorm(outputs, seed: 1),
        ["doc4"] = _ => new CovidXrayResNet50(seed: 1, ResNetForm.Torchvision),
        ["doc5"] = _ => new PneumoniaCnn(seed: 1),
        ["resnet50"] = outputs => new ResNet50(outputs, ResNetForm.Torchvision, seed: 1),
        ["vgg16"] = outputs => Vgg.Vgg16(outputs, seed: 1),
        ["vgg19_bn"] = outputs => Vgg.Vgg19BatchNorm(outputs, seed: 1),
    };

    public static TheoryData<string> Files => GoldenCase.Files("models", "model_parity");

    [Theory]
    [MemberData(nameof(Files))]
    public void Logits_and_every_layer_are_those_of_torch(string file)
    {
        var golden = GoldenCase.Read(file);
        var name = golden.GetProperty("name").GetString()!;
        var create = Networks.SingleOrDefault(pair => name.StartsWith(pair.Key, StringComparison.Ordinal)).Value;
        Assert.True(create is not null, $"{file}: no network whose name begins {string.Join(", ", Networks.Keys)}.");
        var salt = golden.GetProperty("salt").GetInt32();
        using var model = create(golden.GetProperty("logits_float64")[0].GetArrayLength());
        GoldenTensors.Fill(model, salt);
        model.eval();
        Assert.Equal(golden.GetProperty("parameter_count").GetInt64(), model.parameters().Sum(parameter => parameter.numel()));
        var state = golden.GetProperty("state_dict").EnumerateArray().Select(entry => $"{entry[0].GetString()} [{string.Join(',', GoldenCase.Integers(entry[1]))}]");
        Assert.Equal(state, ModelState.Of(model).Select(pair => $"{pair.Name} [{string.Join(',', pair.Tensor.shape)}]"));

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var shape = GoldenCase.Integers(golden.GetProperty("input_shape"));
        var images = GoldenTensors.Images(shape, salt);
        Assert.Equal(golden.GetProperty("input_check").GetProperty("sum").GetDouble(), images.sum(ScalarType.Float64).item<double>(), 1e-3);
        var expected = GoldenCase.Flat(golden.GetProperty("logits_float64"));
        var tolerance = golden.GetProperty("suggested_tolerance_abs").GetDouble();
        GoldenTensors.AssertClose(expected, GoldenTensors.Values(model.call(images)), tolerance, "logits");
        GoldenTensors.AssertClose(expected, GoldenTensors.Values(model.call(images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2))), tolerance, "logits of channels-last images");
        CompareLayers(model, images, golden.GetProperty("layers_float64"), tolerance / golden.GetProperty("logits_abs_max").GetDouble());
    }

    /// <summary>Every layer's output in the order of the calls, each number to the share of the layer's largest that the file allows for the logits.</summary>
    private static void CompareLayers(nn.Module<Tensor, Tensor> model, Tensor images, JsonElement expected, double share)
    {
        var layers = expected.EnumerateArray().ToArray();
        var calls = 0;
        var removers = model.named_modules().Where(pair => !pair.module.named_children().Any()).Select(pair => ((nn.Module<Tensor, Tensor>)pair.module).register_forward_hook((layer, _, output) =>
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
                [golden.GetProperty("mean").GetDouble(), golden.GetProperty("std").GetDouble(), golden.GetProperty("abs_max").GetDouble(), .. first],
                [values.mean().item<double>(), values.std(unbiased: false).item<double>(), values.abs().max().item<double>(), .. GoldenTensors.Values(values.contiguous().view(-1).narrow(0, 0, first.Length))],
                tolerance,
                $"{name}, call {call}");
            return output;
        })).ToList();
        model.call(images);
        removers.ForEach(remover => remover.remove());
        Assert.Equal(layers.Length, calls);
    }
}
