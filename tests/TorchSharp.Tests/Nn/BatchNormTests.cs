using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Nn;

public class BatchNormTests
{
    [Fact]
    public void Outputs_and_running_statistics_equal_PyTorch()
    {
        var cases = GoldenTensors.Own("nn_batch_norm").GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(3, cases.Count);
        foreach (var one in cases)
        {
            using var scope = NewDisposeScope();
            var settings = one.GetProperty("settings");
            var tracks = settings.GetProperty("track").GetBoolean();
            using var module = BatchNorm2d(3, settings.GetProperty("eps").GetDouble(), settings.GetProperty("momentum").GetDouble(), settings.GetProperty("affine").GetBoolean(), tracks, dtype: ScalarType.Float64);
            var last = zeros(1);
            foreach (var step in one.GetProperty("steps").EnumerateArray())
            {
                last = step.GetProperty("input").ToTensor();
                module.call(last).MustBeClose(step.GetProperty("output").ToTensor(), 1e-10, "output while training");
                if (tracks)
                {
                    module.running_mean!.MustBeClose(step.GetProperty("mean").ToTensor(), 1e-10, "running mean");
                    module.running_var!.MustBeClose(step.GetProperty("variance").ToTensor(), 1e-10, "running variance");
                }
            }

            Assert.Equal(tracks ? 3 : null, module.num_batches_tracked?.item<long>());
            module.eval();
            module.call(last).MustBeClose(one.GetProperty("eval_output").ToTensor(), 1e-10, "output after training");
        }
    }

    [Fact]
    public void Reset_forgets()
    {
        using var module = BatchNorm2d(2);
        using var input = ones(2, 2, 3, 3);
        module.call(input).Dispose();
        module.reset_running_stats();
        Assert.Equal([0f, 0f], module.running_mean!.data<float>().ToArray());
        Assert.Equal([1f, 1f], module.running_var!.data<float>().ToArray());
        Assert.Equal(0, module.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Other_than_four_dimensions_is_refused()
    {
        using var module = BatchNorm2d(2);
        using var input = ones(2, 2, 3);
        var error = Assert.Throws<ArgumentException>(() => module.call(input));
        Assert.Equal("expected 4D input, but got 3D input.", error.Message);
    }
}
