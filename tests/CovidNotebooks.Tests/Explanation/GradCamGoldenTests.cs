using System.Text.Json;
using CovidNotebooks.Explanation;
using CovidNotebooks.Models;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Explanation;

[Trait("Category", "Golden")]
public class GradCamGoldenTests
{
    /// <summary>Of the golden README: relative to the map's maximum.</summary>
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Files => GoldenCase.Files("gradcam", "grad_cam");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Maps_are_those_of_torch(string file)
    {
        var golden = GoldenCase.Read(file);
        var config = golden.GetProperty("config");
        var shape = GoldenCase.Integers(config.GetProperty("input_shape"));
        var salt = golden.GetProperty("salt").GetInt32();
        using var model = new GradCamCnn(
            (int)shape[1],
            (int)shape[2],
            (int)shape[3],
            config.GetProperty("classes").GetInt32(),
            config.GetProperty("batch_norm").GetBoolean(),
            config.GetProperty("global_average_pooling_instead_of_flatten").GetBoolean());
        var state = golden.GetProperty("state_dict").EnumerateArray()
            .Select(entry => $"{entry[0].GetString()} [{string.Join(',', GoldenCase.Integers(entry[1]))}]");
        Assert.Equal(state, ModelState.Of(model).Select(pair => $"{pair.Name} [{string.Join(',', pair.Tensor.shape)}]"));
        GoldenTensors.Fill(model, salt);
        using var images = GoldenTensors.Images(shape, salt);
        var cases = golden.GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var expected in cases)
        {
            var layer = expected.GetProperty("target").GetString() switch
            {
                "relu_output" => model.LastActivation,
                "before_relu" => model.BeforeActivation,
                var other => throw new FormatException(other),
            };
            var (image, target) = (expected.GetProperty("image").GetInt32(), expected.GetProperty("class").GetInt32());
            var activation = GradCam.Of(model, layer, images, [.. Enumerable.Repeat(target, (int)shape[0])])[image];
            CompareWeights(model, layer, images, expected, activation.Map);
            Compare(
                expected,
                activation,
                GoldenCase.Integers(golden.GetProperty("map_shape")),
                shape,
                $"{file}, image {image}, class {target}, {expected.GetProperty("target")}");
        }
    }

    /// <summary>The map is the layer's activations, each channel weighted by torch's alpha, added up, and cut at 0.</summary>
    private static void CompareWeights(GradCamCnn model, nn.Module<Tensor, Tensor> layer, Tensor images, JsonElement expected, HeatMap map)
    {
        double[] maps = [];
        var remover = layer.register_forward_hook((_, _, output) =>
        {
            maps = GoldenTensors.Values(output[expected.GetProperty("image").GetInt32()]);
            return output;
        });
        model.eval();
        model.call(images).Dispose();
        remover.remove();
        var alpha = GoldenCase.Numbers(expected.GetProperty("alpha"));
        var positions = map.Values.Count;
        Assert.Equal(alpha.Length * positions, maps.Length);
        double[] sums =
        [
            .. Enumerable.Range(0, positions)
            .Select(position => alpha.Select((weight, channel) => weight * maps[(channel * positions) + position]).Sum()),
        ];
        var scale = sums.Max(Math.Abs);
        GoldenTensors.AssertClose(
            GoldenCase.Flat(expected.GetProperty("weighted_sum_before_relu")), sums, Tolerance * scale, "weighted sum");
        GoldenTensors.AssertClose([.. sums.Select(sum => Math.Max(0, sum))], map.Values, Tolerance * scale, "map from the weighted sum");
    }

    private static void Compare(JsonElement expected, ClassActivation actual, long[] mapShape, long[] inputShape, string name)
    {
        var map = actual.Map;
        var cam = GoldenCase.Flat(expected.GetProperty("cam"));
        var logits = GoldenCase.Flat(expected.GetProperty("logits"));
        Assert.Equal((mapShape[0], mapShape[1]), (map.Height, map.Width));
        Assert.Equal(logits[actual.TargetClass], actual.Score, 1e-5);
        Assert.Equal(Array.IndexOf(logits, logits.Max()), actual.PredictedClass);
        Assert.Equal(cam.Max() == 0, map.IsZero);
        GoldenTensors.AssertClose(cam, map.Values, Tolerance * cam.Max(), name);
        GoldenTensors.AssertClose(
            GoldenCase.Flat(expected.GetProperty("cam_divided_by_max")), map.Relative().Values, Tolerance, $"{name}, relative");
        var upsampled = map.Relative().Resize((int)inputShape[2], (int)inputShape[3]);
        GoldenTensors.AssertClose(
            GoldenCase.Flat(expected.GetProperty("cam_divided_by_max_upsampled_bilinear_align_corners_false")),
            upsampled.Values,
            Tolerance,
            $"{name}, upsampled");
    }
}
