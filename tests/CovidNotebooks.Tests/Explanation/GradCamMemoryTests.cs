using CovidNotebooks.Explanation;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Explanation;

/// <summary>Counts the tensors of the whole process, so nothing else may run meanwhile.</summary>
[Collection(SharedGenerator.Name)]
public class GradCamMemoryTests
{
    [Fact]
    public void No_tensor_stays_behind_also_after_an_error()
    {
        using var model = new GradCamCnn(3, 16, 16, 2, batchNorm: true);
        using var source = MemorySource.Random(24, 3, 16, 8, seed: 1);
        Look();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Look();
        Look();
        Assert.InRange(Tensor.TotalCount, 0, before);

        void Look()
        {
            GradCam.Over(model, model.LastActivation, source, perClass: 4);
            Assert.Throws<ArgumentException>(() => GradCam.Over(model, model.LastActivation, source, perClass: 4, targetClass: 2));
            Assert.Throws<ArgumentException>(() => GradCam.Over(model, model.Dense, source));
        }
    }
}
