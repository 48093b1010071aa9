using CovidNotebooks.Models.Weights;
using Tests.Data;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

[Trait("Category", "Golden")]
public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Good => SafetensorsHeaderTests.Good;

    public static TheoryData<string> Hostile => SafetensorsHeaderTests.Hostile;

    [SkippableTheory]
    [MemberData(nameof(Good))]
    public void Reads_the_numbers_of_a_good_file(string file)
    {
        var expected = SafetensorsHeaderTests.Expected("good").Single(item => item.GetProperty("file").GetString() == file);
        using var content = Safetensors.Read(SafetensorsHeaderTests.PathOf(file));
        foreach (var tensor in expected.GetProperty("tensors").EnumerateArray())
        {
            var actual = content.Tensors[tensor.GetProperty("key").GetString()!];
            Assert.Equal(GoldenCase.Integers(tensor.GetProperty("shape")), actual.shape);
            if (actual.dtype == ScalarType.Int64)
            {
                using var read = actual.data<long>();
                Assert.Equal(GoldenCase.Integers(tensor.GetProperty("values")), read.ToArray());
                continue;
            }

            var values = GoldenCase.Numbers(tensor.GetProperty("values"));
            var found = GoldenTensors.Values(actual);
            Assert.Equal(values.Select(value => (float)value), found.Select(value => (float)value));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Hostile))]
    public void Refuses_a_hostile_file_and_names_it(string file)
    {
        var error = Assert.Throws<WeightsException>(() => Safetensors.Read(SafetensorsHeaderTests.PathOf(file)));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Good_files_are_written_again_with_the_same_numbers()
    {
        foreach (var item in SafetensorsHeaderTests.Expected("good"))
        {
            using var content = Safetensors.Read(SafetensorsHeaderTests.PathOf(item.GetProperty("file").GetString()!));
            var path = NewPath();
            Safetensors.Write(path, content.Tensors, content.Metadata);
            using var again = Safetensors.Read(path);
            Assert.Equal(content.Metadata, again.Metadata);
            foreach (var (name, tensor) in content.Tensors)
            {
                Assert.Equal(tensor.dtype, again.Tensors[name].dtype);
                Assert.Equal(tensor.shape, again.Tensors[name].shape);
                Assert.Equal(GoldenTensors.Values(tensor), GoldenTensors.Values(again.Tensors[name]));
            }
        }
    }

    [Fact]
    public void Channels_last_strides_are_written_contiguously_and_kept_when_loading()
    {
        using var scope = NewDisposeScope();
        var weight = rand(4, 3, 5, 5);
        var restrided = weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var path = NewPath();
        Safetensors.Write(path, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["w"] = restrided });
        using var content = Safetensors.Read(path);
        Assert.True(content.Tensors["w"].is_contiguous());
        Assert.Equal(GoldenTensors.Values(weight), GoldenTensors.Values(content.Tensors["w"]));
    }

    [Fact]
    public void Weights_load_all_or_nothing()
    {
        var path = NewPath();
        using var saved = new TinyCnn(batchNorm: true);
        ModelWeights.Save(saved, path);
        using var loaded = new TinyCnn(batchNorm: true);
        Assert.NotEqual(TrainerTests.Weights(saved), TrainerTests.Weights(loaded));
        ModelWeights.Load(loaded, path);
        Assert.Equal(TrainerTests.Weights(saved), TrainerTests.Weights(loaded));

        using var wider = new TinyCnn(batchNorm: true, outputs: 3);
        using var plain = new TinyCnn();
        foreach (var (model, part) in new[] { (wider, "fc2.weight"), (plain, "conv1.bias") })
        {
            var before = TrainerTests.Weights(model);
            var error = Assert.Throws<WeightsException>(() => ModelWeights.Load(model, path));
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Equal(before, TrainerTests.Weights(model));
        }
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_other()
    {
        var path = NewPath();
        using var one = ones(3);
        using var complex = zeros(2, dtype: ScalarType.ComplexFloat32);
        Safetensors.Write(path, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["a"] = one });
        Assert.Throws<WeightsException>(
            () => Safetensors.Write(path, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["a"] = complex }));
        using var content = Safetensors.Read(path);
        Assert.Equal([1, 1, 1], GoldenTensors.Values(content.Tensors["a"]));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    private string NewPath() => Path.Combine(folder.Path, "weights.safetensors");
}
