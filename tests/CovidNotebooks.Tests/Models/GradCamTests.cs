using CovidNotebooks.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Models;

public class GradCamTests
{
    public static TheoryData<string> Files => GoldenCase.Files("gradcam", "grad_cam");

    [Theory]
    [MemberData(nameof(Files))]
    public void Maps_are_those_of_torch(string file)
    {
        var golden = GoldenCase.Read(file);
        var config = golden.GetProperty("config");
        var shape = GoldenCase.Integers(config.GetProperty("input_shape"));
        var salt = golden.GetProperty("salt").GetInt32();
        using var model = new Network(
            config.GetProperty("batch_norm").GetBoolean(), config.GetProperty("global_average_pooling_instead_of_flatten").GetBoolean(), config.GetProperty("classes").GetInt32(), (int)(shape[2] * shape[3] / 16));
        GoldenTensors.Fill(model, salt);
        using var images = GoldenTensors.Images(shape, salt);
        Assert.NotEmpty(golden.GetProperty("cases").EnumerateArray());
        foreach (var item in golden.GetProperty("cases").EnumerateArray())
        {
            var layer = item.GetProperty("target").GetString() == "relu_output" ? "relu2" : config.GetProperty("batch_norm").GetBoolean() ? "bn2" : "conv2";
            var map = GradCam.Of(model, layer, images, item.GetProperty("class").GetInt32())[item.GetProperty("image").GetInt32()];
            var expected = GoldenCase.Numbers(item.GetProperty("cam"));
            var largest = Math.Max(expected.Max(), 1e-6);
            var what = $"{layer} class {item.GetProperty("class")}";
            Assert.Equal(GoldenCase.Integers(golden.GetProperty("map_shape")), new long[] { map.Rows, map.Columns });
            GoldenTensors.AssertClose(expected, map.Values, 1e-5 * largest, what);
            GoldenTensors.AssertClose(GoldenCase.Numbers(item.GetProperty("alpha")), map.ChannelWeights, 1e-5, what + " weights");
            GoldenTensors.AssertClose(GoldenCase.Numbers(item.GetProperty("cam_divided_by_max")), map.Normalized, 1e-5, what + " normalised");
            GoldenTensors.AssertClose(GoldenCase.Numbers(item.GetProperty("cam_divided_by_max_upsampled_bilinear_align_corners_false")), map.Resized((int)shape[2], (int)shape[3]), 1e-5, what + " resized");
        }
    }

    [Fact]
    public void Works_on_document_5_and_leaves_the_model_as_it_was()
    {
        using var model = new PneumoniaCnn(seed: 1);
        using var images = rand(2, 3, 150, 150);
        var maps = GradCam.Of(model, "relu3", images, classIndex: 1);
        Assert.Equal(2, maps.Count);
        Assert.Equal((34, 34), (maps[0].Rows, maps[0].Columns));
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.True(model.training);
        Assert.Throws<ArgumentException>(() => GradCam.Of(model, "relu9", images, classIndex: 1));
        Assert.Throws<ArgumentException>(() => GradCam.Of(model, "fc1", images, classIndex: 1));
        Assert.Throws<ArgumentException>(() => GradCam.Of(model, "relu3", images, classIndex: 2));
    }

    private sealed class Network : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1 = Conv2d(3, 5, 3, padding: 1);
        private readonly Conv2d conv2 = Conv2d(5, 7, 3, padding: 1);
        private readonly BatchNorm2d? bn2;
        private readonly ReLU relu2 = ReLU();
        private readonly Linear fc1;
        private readonly Linear fc2;
        private readonly bool average;

        public Network(bool batchNorm, bool average, int classes, int positions)
            : base(nameof(Network))
        {
            this.average = average;
            bn2 = batchNorm ? BatchNorm2d(7) : null;
            fc1 = Linear(average ? 7 : 7 * positions, 9);
            fc2 = Linear(9, classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var x = functional.max_pool2d(functional.relu(conv1.call(input)), 2);
            x = conv2.call(x);
            x = relu2.call(bn2 is null ? x : bn2.call(x));
            x = average ? x.mean([2L, 3L]) : functional.max_pool2d(x, 2).flatten(1);
            return fc2.call(functional.relu(fc1.call(x)));
        }
    }
}
