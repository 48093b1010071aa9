using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace Tests.Models;

public class ModelParityTests
{
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> Networks = new(StringComparer.Ordinal)
    {
        ["doc1_vgg16_head"] = () => new CovidXrayVgg16(seed: 1),
        ["doc2_large"] = () => CovidCtCnn.Large(seed: 1),
        ["doc2_small"] = () => CovidCtCnn.Small(seed: 1),
        ["doc2_final"] = () => CovidCtCnn.Final(seed: 1),
        ["doc4_resnet50_head"] = () => new CovidXrayResNet50(seed: 1, ResNetForm.Torchvision),
        ["doc5_cnn"] = () => new PneumoniaCnn(seed: 1),
        ["resnet50"] = () => new ResNet50(classes: 1000, ResNetForm.Torchvision, seed: 1),
        ["vgg16"] = () => Vgg.Vgg16(classes: 1000, seed: 1),
        ["vgg19_bn"] = () => Vgg.Vgg19BatchNorm(classes: 1000, seed: 1),
    };

    public static TheoryData<string> Files => GoldenCase.Files("models", "model_parity");

    [Theory]
    [MemberData(nameof(Files))]
    public void Logits_are_those_of_torch(string file)
    {
        var golden = GoldenCase.Read(file);
        var name = golden.GetProperty("name").GetString()!;
        var (_, create) = Networks.OrderByDescending(pair => pair.Key.Length).First(pair => name.StartsWith(pair.Key, StringComparison.Ordinal));
        var salt = golden.GetProperty("salt").GetInt32();
        using var model = create();
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
    }
}
