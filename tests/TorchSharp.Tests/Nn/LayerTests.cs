using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Tests.Nn;

/// <summary>Each module gives what its functional gives, which is held to PyTorch elsewhere; and what users type wrong.</summary>
public class LayerTests
{
    public static TheoryData<string> Layers() => [.. Pairs().Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_module_is_its_functional(string name)
    {
        using var scope = NewDisposeScope();
        var (module, function) = Pairs()[name];
        module.eval();
        var x = randn(2, 3, 6, 8);
        module.call(x).MustBeClose(function(x), 0, name);
        module.Dispose();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Padding_modes_surround_the_picture_first(long kernel)
    {
        using var scope = NewDisposeScope();
        var x = randn(2, 3, 6, 8);
        foreach (var mode in (PaddingModes[])[PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular])
        {
            using var numbers = Conv2d(3, 2, (kernel, 3), padding: (2, 1), padding_mode: mode);
            numbers.call(x).MustBeClose(F.conv2d(F.pad(x, [1, 1, 2, 2], mode), numbers.weight, numbers.bias), 0, $"{mode}");
            using var same = Conv2d(3, 2, kernel, Padding.Same, padding_mode: mode);
            var (before, after) = ((kernel - 1) / 2, kernel / 2);
            same.call(x).MustBeClose(F.conv2d(F.pad(x, [before, after, before, after], mode), same.weight, same.bias), 0, $"{mode}");
            Assert.Equal(x.shape[2..], same.call(x).shape[2..]);
        }
    }

    [Fact]
    public void Same_padding_puts_the_odd_line_behind()
    {
        using var scope = NewDisposeScope();
        var x = randn(1, 1, 5, 5);
        using var same = Conv2d(1, 1, 4, Padding.Same);
        same.call(x).MustBeClose(F.conv2d(F.pad(x, [1, 2, 1, 2]), same.weight, same.bias), 1e-6, "same");
        Assert.Throws<ArgumentException>(() => Conv2d(1, 1, 4, Padding.Same, stride: 2));
    }

    [Fact]
    public void Dropout_works_while_training_only()
    {
        using var scope = NewDisposeScope();
        using var dropout = Dropout(.5);
        var x = ones(1000);
        manual_seed(3);
        var dropped = dropout.call(x).data<float>().ToArray();
        Assert.All(dropped, value => Assert.True(value is 0 or 2));
        Assert.InRange(dropped.Count(value => value == 0), 400, 600);
        dropout.eval();
        var kept = dropout.call(x);
        Assert.NotSame(x, kept);
        Assert.All(kept.data<float>().ToArray(), value => Assert.Equal(1f, value));
        using var channels = Dropout2d(.5);
        var planes = channels.call(ones(20, 10, 2, 2)).sum([2, 3]).data<float>().ToArray();
        Assert.All(planes, value => Assert.True(value is 0 or 8));
    }

    [Fact]
    public void In_place_layers_change_their_input_and_give_a_handle_of_their_own()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -1f, 2f });
        using var relu = ReLU(inplace: true);
        var y = relu.call(x);
        Assert.NotSame(x, y);
        Assert.Equal([0f, 2f], x.data<float>().ToArray());
        y.Dispose();
        Assert.Equal([0f, 2f], x.data<float>().ToArray());
    }

    [Fact]
    public void Losses_are_modules()
    {
        using var scope = NewDisposeScope();
        var (logits, classes) = (randn(5, 3), tensor(new long[] { 0, 1, 2, 1, 0 }));
        var (left, right) = (rand(4, 2), rand(4, 2));
        var weight = tensor(new[] { 1f, 2f, .5f });
        CrossEntropyLoss(weight, ignore_index: 1, Reduction.Sum).call(logits, classes).MustBeClose(F.cross_entropy(logits, classes, weight, 1, Reduction.Sum), 0, "cross entropy");
        new CrossEntropyLoss(label_smoothing: .2).call(logits, classes).MustBeClose(F.cross_entropy(logits, classes, label_smoothing: .2), 0, "smoothed cross entropy");
        NLLLoss(weight, Reduction.None).call(logits, classes).MustBeClose(F.nll_loss(logits, classes, weight, Reduction.None), 0, "nll");
        BCELoss(right, Reduction.Sum).call(left, right).MustBeClose(F.binary_cross_entropy(left, right, right, Reduction.Sum), 0, "bce");
        BCEWithLogitsLoss(pos_weights: left[0]).call(left, right).MustBeClose(F.binary_cross_entropy_with_logits(left, right, pos_weights: left[0]), 0, "bce with logits");
        MSELoss(Reduction.None).call(left, right).MustBeClose((left - right).square(), 1e-6, "mse");
        L1Loss().call(left, right).MustBeClose((left - right).abs().mean(), 1e-6, "l1");
    }

    [Fact]
    public void Errors_are_exceptions_that_say_what_was_wrong()
    {
        using var scope = NewDisposeScope();
        using var conv = Conv2d(3, 2, 3);
        using var linear = Linear(4, 2);
        Assert.Contains("with 3 channels to Conv2d", Assert.Throws<ArgumentException>(() => conv.call(ones(1, 4, 8, 8))).Message, StringComparison.Ordinal);
        Assert.Contains("expected input[1, 4, 8, 8] to have 3 channels", Assert.Throws<ExternalException>(() => F.conv2d(ones(1, 4, 8, 8), conv.weight)).Message, StringComparison.Ordinal);
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (1x5 and 4x2)", Assert.Throws<ExternalException>(() => linear.call(ones(1, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("out of bounds", Assert.Throws<ExternalException>(() => F.cross_entropy(ones(1, 2), tensor(new long[] { 2 }))).Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => F.binary_cross_entropy(ones(1) * 2, ones(1)));
        Assert.Throws<ArgumentException>(() => Conv2d(3, 4, 3, groups: 2));
        Assert.Throws<ArgumentException>(() => F.interpolate(ones(1, 1, 4, 4)));
        Assert.Throws<ArgumentException>(() => F.interpolate(ones(1, 1, 4, 4), [2, 2], mode: InterpolationMode.Linear));
        Assert.Throws<ArgumentException>(() => F.interpolate(ones(1, 1, 4, 4), [2, 2], align_corners: true));
        Assert.Throws<ArgumentException>(() => F.interpolate(ones(1, 1, 4, 4), [2, 2], antialias: true));
    }

    private static Dictionary<string, (Module<Tensor, Tensor> Module, Func<Tensor, Tensor> Function)> Pairs()
    {
        var conv = Conv2d(3, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 3, bias: false);
        var linear = Linear(8, 5);
        return new(StringComparer.Ordinal)
        {
            ["Conv2d"] = (conv, x => F.conv2d(x, conv.weight, null, [2, 2], [1, 1], [2, 2], 3)),
            ["Linear"] = (linear, x => F.linear(x, linear.weight, linear.bias)),
            ["Linear of parameters"] = (Linear(linear.weight, linear.bias), x => F.linear(x, linear.weight, linear.bias)),
            ["ReLU"] = (ReLU(), x => x.clamp(0)),
            ["LeakyReLU"] = (LeakyReLU(.3), x => F.leaky_relu(x, .3)),
            ["Sigmoid"] = (Sigmoid(), x => F.sigmoid(x)),
            ["Tanh"] = (Tanh(), x => F.tanh(x)),
            ["GELU"] = (GELU(), F.gelu),
            ["SiLU"] = (SiLU(), x => F.silu(x)),
            ["Softmax"] = (Softmax(1), x => F.softmax(x, 1)),
            ["LogSoftmax"] = (LogSoftmax(1), x => F.log_softmax(x, 1)),
            ["MaxPool2d"] = (MaxPool2d(3, 2, 1), x => F.max_pool2d(x, [3, 3], [2, 2], [1, 1])),
            ["MaxPool2d of pairs"] = (MaxPool2d((3, 2), (2, 1), ceil_mode: true), x => F.max_pool2d(x, (3, 2), (2, 1), ceil_mode: true)),
            ["AvgPool2d"] = (AvgPool2d(4), x => F.avg_pool2d(x, [4, 4])),
            ["AvgPool2d of pairs"] = (AvgPool2d((3, 2), padding: (1, 1), count_include_pad: false), x => F.avg_pool2d(x, (3, 2), padding: (1, 1), count_include_pad: false)),
            ["AdaptiveAvgPool2d"] = (AdaptiveAvgPool2d((2, 3)), x => F.adaptive_avg_pool2d(x, [2, 3])),
            ["Flatten"] = (Flatten(), x => x.reshape(2, -1)),
            ["Flatten of some"] = (Flatten(2, 3), x => x.reshape(2, 3, -1)),
            ["Identity"] = (Identity(), x => x),
            ["Dropout"] = (Dropout(.9), x => x),
            ["ZeroPad2d"] = (ZeroPad2d((1, 2, 3, 0)), x => F.pad(x, (1, 2, 3, 0))),
            ["ConstantPad2d"] = (ConstantPad2d(2, 7), x => F.pad(x, [2, 2, 2, 2], PaddingModes.Constant, 7)),
            ["ReflectionPad2d"] = (ReflectionPad2d(2), x => F.pad(x, [2, 2, 2, 2], PaddingModes.Reflect)),
            ["ReplicationPad2d"] = (ReplicationPad2d(2), x => F.pad(x, [2, 2, 2, 2], PaddingModes.Replicate)),
        };
    }
}
