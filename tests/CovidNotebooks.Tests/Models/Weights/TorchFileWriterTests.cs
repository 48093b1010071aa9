using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using Tests.Data;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

[Collection(SharedGenerator.Name)]
public sealed class TorchFileWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        var path = Path.Combine(folder.Path, "model.pth");
        using var saved = new TinyCnn(batchNorm: true);
        ModelWeights.Save(saved, path);
        using var loaded = new TinyCnn(batchNorm: true);
        ModelWeights.Load(loaded, path);
        Assert.Equal(TrainerTests.Weights(saved), TrainerTests.Weights(loaded));
        using var file = TorchFile.Read(path);
        Assert.Equal(ModelState.Of(saved).Select(pair => pair.Name), file.StateDictionary().Keys);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Throws<ArgumentException>(() => ModelWeights.Save(saved, path, new Dictionary<string, string> { ["a"] = "b" }));
    }

    [Fact]
    public void Every_type_and_shape_is_written_contiguously()
    {
        using var scope = NewDisposeScope();
        var strided = arange(24, dtype: ScalarType.Float32).reshape(2, 3, 4).permute(2, 0, 1);
        ScalarType[] types =
        [
            ScalarType.Float64,
            ScalarType.Float16,
            ScalarType.BFloat16,
            ScalarType.Int64,
            ScalarType.Int32,
            ScalarType.Int16,
            ScalarType.Int8,
            ScalarType.Byte,
            ScalarType.Bool,
        ];
        List<(string, Tensor)> tensors =
        [
            ("strided", strided),
            ("scalar", tensor(7L)),
            ("empty", zeros(0, 3)),
            .. types.Select(type => (type.ToString(), ones(3, dtype: type))),
        ];
        var path = Path.Combine(folder.Path, "types.pth");
        TorchFileWriter.Write(path, tensors);
        using var content = ModelWeights.Read(path);
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(
                (tensor.dtype, string.Join(',', tensor.shape)),
                (content.Tensors[name].dtype, string.Join(',', content.Tensors[name].shape)));
            Assert.Equal(GoldenTensors.Values(tensor), GoldenTensors.Values(content.Tensors[name]));
        }

        Assert.Throws<WeightsException>(() => TorchFileWriter.Write(path, [("complex", zeros(2, dtype: ScalarType.ComplexFloat32))]));
    }

    [SkippableFact]
    public void PyTorch_reads_what_is_written_with_weights_only()
    {
        Python.SkipWithout("torch");
        var path = Path.Combine(folder.Path, "model.pth");
        using var scope = NewDisposeScope();
        TorchFileWriter.Write(
            path,
            [
                ("features.0.weight", arange(12, dtype: ScalarType.Float32).reshape(3, 4).t()),
                ("steps", tensor(3000000000L)),
                ("none", zeros(0, 2, dtype: ScalarType.Float16)),
            ]);
        var said = Python.Run($"""
            import torch
            state = torch.load(r"{path}", weights_only=True)
            print(type(state).__name__, [(k, str(v.dtype), list(v.shape), v.flatten().tolist()) for k, v in state.items()])
            """);
        Assert.Equal(
            "OrderedDict [('features.0.weight', 'torch.float32', [4, 3], [0.0, 4.0, 8.0, 1.0, 5.0, 9.0, 2.0, 6.0, 10.0, 3.0, 7.0, "
                + "11.0]), ('steps', 'torch.int64', [], [3000000000]), ('none', 'torch.float16', [0, 2], [])]",
            said.Trim());
    }

    [SkippableFact]
    public void What_PyTorch_writes_is_read_in_both_its_formats()
    {
        Python.SkipWithout("torch");
        foreach (var zip in new[] { "True", "False" })
        {
            var path = Path.Combine(folder.Path, $"{zip}.pth");
            Python.Run($"""
                import torch
                base = torch.arange(12.).reshape(3, 4)
                state = dict(a=base, b=base[1:, 1:3], c=base.t(), d=base.expand(3, 4), size=base.size())
                torch.save(dict(epoch=3, state=state), r"{path}", _use_new_zipfile_serialization={zip})
                """);
            using var file = TorchFile.Read(path);
            var tensors = file.Tensors.ToDictionary(pair => pair.Path[^1], pair => GoldenTensors.Values(pair.Tensor));
            Assert.Equal([5, 6, 9, 10], tensors["b"]);
            Assert.Equal([0, 4, 8], tensors["c"][..3]);
            Assert.Equal(3L, file.Values.First().Value);
        }
    }
}
