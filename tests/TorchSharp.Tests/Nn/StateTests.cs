using System.Runtime.InteropServices;
using Tests.Shared;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Nn;

public class StateTests
{
    [Fact]
    public void State_shares_memory_parameters_first()
    {
        using var model = Network();
        var state = model.state_dict();
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], state.Keys);
        using (no_grad())
        {
            state["0.bias"].fill_(3);
        }

        Assert.All(((Conv2d)model[0]).bias!.data<float>().ToArray(), value => Assert.Equal(3f, value));
        Assert.Equal("x.0.weight", model.state_dict(prefix: "x").Keys.First());
    }

    [Fact]
    public void Loading_a_state_copies()
    {
        using var source = Network();
        using var target = Network();
        var state = source.state_dict();
        var (missing, unexpected) = target.load_state_dict(state);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        foreach (var (name, tensor) in target.state_dict())
        {
            Assert.NotSame(state[name], tensor);
            Assert.Equal(state[name].Flat(), tensor.Flat());
        }

        Assert.True(((Conv2d)target[0]).weight.requires_grad);
    }

    [Fact]
    public void Strict_loading_wants_the_same_names()
    {
        using var model = Network();
        var before = ((Conv2d)model[0]).weight.Flat();
        using var odd = ones(2);
        using var weight = zeros(2, 1, 3, 3);
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["odd"] = odd, ["0.weight"] = weight };
        var error = Assert.Throws<InvalidOperationException>(() => model.load_state_dict(state));
        Assert.Equal("The loaded state_dict is not identical to the target dictionary.", error.Message);
        Assert.Equal(before, ((Conv2d)model[0]).weight.Flat());
        var (missing, unexpected) = model.load_state_dict(state, strict: false, skip: ["0.bias"]);
        Assert.Equal(["1.weight", "1.bias", "3.weight", "3.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], missing);
        Assert.Equal(["odd"], unexpected);
        Assert.All(((Conv2d)model[0]).weight.Flat(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_tensor_of_another_shape_leaves_the_module_as_it_was(long length)
    {
        using var source = Network();
        using var target = Network();
        using var wrong = ones(length);
        var before = target.state_dict().Values.SelectMany(tensor => tensor.Flat()).ToList();
        var state = source.state_dict();
        state["3.bias"] = wrong;
        var error = Assert.Throws<ExternalException>(() => target.load_state_dict(state));
        Assert.Equal($"size mismatch for 3.bias: copying a tensor of shape [{length}], the shape in the module is [3].", error.Message);
        Assert.Equal(before, target.state_dict().Values.SelectMany(tensor => tensor.Flat()));
    }

    [Fact]
    public void A_saved_module_comes_back()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var source = Network();
            using var target = Network();
            source.save(path);
            var loaded = new Dictionary<string, bool>(StringComparer.Ordinal);
            Assert.Same(target, target.load(path, skip: ["3.weight"], loadedParameters: loaded));
            foreach (var (name, tensor) in target.state_dict())
            {
                Assert.Equal(name != "3.weight", tensor.Flat().SequenceEqual(source.state_dict()[name].Flat()));
            }

            Assert.Equal(9, loaded.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_Python_wrote_in_the_packages_format_is_read_and_written_alike()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(Repository.Root, "tests", "golden-torch", "nn_module.bin");
        using var model = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(200, 3));
        model.load(path);
        model.eval();
        var golden = GoldenTensors.Own("nn_module");
        model.call(golden.GetProperty("input").ToTensor()).MustBeClose(golden.GetProperty("output").ToTensor(), 1e-6, "output of the loaded module");
        var memory = new MemoryStream();
        model.save(memory);
        Assert.Equal(new FileInfo(path).Length, memory.ToArray().Length);
    }

    [SkippableFact]
    public void A_device_that_is_not_there_is_refused_before_anything_moves()
    {
        Skip.If(cuda.is_available(), "This machine has a GPU.");
        using var model = Network();
        Assert.Throws<InvalidOperationException>(() => model.cuda());
        Assert.Throws<InvalidOperationException>(() => model.to(DeviceType.CUDA));
        Assert.Equal(DeviceType.CPU, ((Conv2d)model[0]).weight.device_type);
    }

    [Fact]
    public void A_damaged_or_foreign_file_changes_nothing()
    {
        using var source = Network();
        using var target = Network();
        using var smaller = Sequential(Conv2d(1, 2, 3));
        var memory = new MemoryStream();
        source.save(memory);
        var bytes = memory.ToArray();
        var before = target.state_dict().Values.SelectMany(tensor => tensor.Flat()).ToList();
        Assert.Throws<EndOfStreamException>(() => target.load(new MemoryStream(bytes[..^3])));
        Assert.ThrowsAny<Exception>(() => target.load(new MemoryStream(new byte[40])));
        Assert.Throws<ArgumentException>(() => smaller.load(new MemoryStream(bytes)));
        using var other = Sequential(Conv2d(1, 2, 5), BatchNorm2d(2), Flatten(), Linear(8, 3));
        var error = Assert.Throws<ArgumentException>(() => other.load(new MemoryStream(bytes)));
        Assert.Contains("Mismatched tensor shape", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.state_dict().Values.SelectMany(tensor => tensor.Flat()));
        Assert.Throws<FileNotFoundException>(() => target.load("/no/such/file"));
    }

    [Fact]
    public void Another_type_replaces_parameters_and_keeps_gradients()
    {
        using var model = Network();
        using var input = ones(2, 1, 4, 4);
        using (NewDisposeScope())
        {
            model.call(input).sum().backward();
        }

        var conv = (Conv2d)model[0];
        var before = conv.weight;
        var values = before.Flat();
        Assert.Same(model, model.to(ScalarType.Float64));
        Assert.True(before.IsInvalid);
        Assert.Equal(ScalarType.Float64, conv.weight.dtype);
        Assert.Equal(values, conv.weight.Flat());
        Assert.True(conv.weight.requires_grad && conv.weight.is_leaf);
        Assert.Equal(ScalarType.Float64, conv.weight.grad!.dtype);
        var norm = (BatchNorm2d)model[1];
        Assert.Equal(ScalarType.Float64, norm.running_mean!.dtype);
        Assert.Equal(ScalarType.Int64, norm.num_batches_tracked!.dtype);
        var same = conv.weight;
        model.to(ScalarType.Float64).cpu();
        Assert.Same(same, conv.weight);
        Assert.Throws<ArgumentException>(() => model.to(ScalarType.Int64));
    }

    [Fact]
    public void Modules_that_share_a_parameter_share_it_in_its_new_type_too()
    {
        using var first = Linear(2, 2, hasBias: false);
        using var second = Linear(first.weight);
        using var pair = Sequential(first, second);
        pair.to(ScalarType.Float64);
        Assert.Same(first.weight, second.weight);
        Assert.Equal(ScalarType.Float64, first.weight.dtype);
        Assert.False(first.weight.IsInvalid);
    }

    [Fact]
    public void Moving_a_custom_module_moves_its_fields()
    {
        using var net = new Scaled();
        var before = net.scale;
        net.@double();
        Assert.NotSame(before, net.scale);
        Assert.Equal(ScalarType.Float64, net.scale.dtype);
        Assert.Same(net.scale, net.get_parameter("scale"));
        Assert.Equal(ScalarType.Float64, net.offset.dtype);
        Assert.Same(net.offset, net.get_buffer("offset"));
    }

    [Fact]
    public void Channels_last_weights_keep_their_strides_through_loading_and_conversion()
    {
        using var source = Conv2d(3, 4, 3);
        using var target = Conv2d(3, 4, 3);
        target.weight = new Parameter(target.weight.detach().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        var strides = target.weight.stride();
        Assert.Equal([27L, 1L, 9L, 3L], strides);
        target.load_state_dict(source.state_dict());
        Assert.Equal(strides, target.weight.stride());
        Assert.Equal(source.weight.Flat(), target.weight.Flat());
        target.@double();
        Assert.Equal(strides, target.weight.stride());
    }

    private static Sequential Network() => Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(8, 3));

    private sealed class Scaled : Module<Tensor, Tensor>
    {
        public readonly Parameter scale = new(ones(2));
        public readonly Tensor offset = zeros(2);

        public Scaled()
            : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor x) => (x * scale) + offset;
    }
}
