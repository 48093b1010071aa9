using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Tests.Nn;

/// <summary>Whatever is wrong with the arguments, the answer is an exception: the process, and so this test run, lives on.</summary>
public class WrongArgumentsTests
{
    public static TheoryData<string> Names() => [.. Mistakes().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_an_exception_that_says_something(string mistake)
    {
        using var scope = NewDisposeScope();
        var error = Record.Exception(() => Mistakes()[mistake]());
        Assert.True(error is ExternalException or ArgumentException or InvalidOperationException, $"{mistake}: {error}");
        Assert.NotEmpty(error.Message);
    }

    private static Dictionary<string, Func<object?>> Mistakes()
    {
        var x = ones(1, 2, 5, 5);
        var weight = ones(3, 2, 3, 3);
        var whole = ones([1, 2, 5, 5], dtype: ScalarType.Int64);
        var classes = tensor(new long[] { 1 });
        var dead = ones(1);
        dead.Dispose();
        return new(StringComparer.Ordinal)
        {
            ["convolution, stride 0"] = () => F.conv2d(x, weight, strides: [0, 0]),
            ["convolution, padding -9"] = () => F.conv2d(x, weight, padding: [-9, -9]),
            ["convolution, no groups"] = () => F.conv2d(x, weight, groups: 0),
            ["convolution, dilation 0"] = () => F.conv2d(x, weight, dilation: [0, 0]),
            ["convolution, three strides"] = () => F.conv2d(x, weight, strides: [1, 1, 1]),
            ["convolution, empty kernel"] = () => F.conv2d(x, ones(3, 2, 0, 0)),
            ["convolution, kernel larger than the picture"] = () => F.conv2d(x, ones(3, 2, 9, 9)),
            ["convolution of whole numbers"] = () => F.conv2d(whole, weight),
            ["convolution of two types"] = () => F.conv2d(x.@double(), weight),
            ["convolution of a disposed tensor"] = () => F.conv2d(dead, weight),
            ["convolution of nothing"] = () => F.conv2d(null!, weight),
            ["convolution, bias too long"] = () => F.conv2d(x, weight, ones(7)),
            ["same padding with a stride"] = () => F.conv2d_padding(x, weight, strides: [2, 2], padding: Padding.Same),
            ["fewer than no channels"] = () => Conv2d(-2, 3, 3),
            ["fewer than no features"] = () => Linear(-1, 3),
            ["linear of a number"] = () => F.linear(tensor(1f), ones(2, 2)),
            ["maximum of windows of 0"] = () => F.max_pool2d(x, 0),
            ["maximum of windows of -1"] = () => F.max_pool2d(x, -1),
            ["maximum, stride 0"] = () => F.max_pool2d(x, 2, 0),
            ["maximum, padding 5"] = () => F.max_pool2d(x, 2, 2, 5),
            ["maximum of windows larger than the picture"] = () => F.max_pool2d(x, 9),
            ["maximum of windows of no size"] = () => F.max_pool2d(x, Array.Empty<long>()),
            ["maximum, dilation 0"] = () => F.max_pool2d(x, 2, 2, 0, 0),
            ["mean, stride 0"] = () => F.avg_pool2d(x, 2, 0),
            ["mean, divisor 0"] = () => F.avg_pool2d(x, 2, divisor_override: 0),
            ["mean of windows of -3"] = () => F.avg_pool2d(x, -3),
            ["mean to a size of -1"] = () => F.adaptive_avg_pool2d(x, -1),
            ["mean to a size of one number"] = () => F.adaptive_avg_pool2d(x, [2]),
            ["mean of an empty picture"] = () => F.adaptive_avg_pool2d(ones(1, 2, 0, 5), 2),
            ["normalisation, statistics too long"] = () => F.batch_norm(x, ones(9), ones(9)),
            ["normalisation, statistics missing"] = () => F.batch_norm(x, null, null),
            ["normalisation of one value a channel"] = () => F.batch_norm(ones(1, 2, 1, 1), ones(2), ones(2), training: true),
            ["normalisation, weight too long"] = () => F.batch_norm(x, ones(2), ones(2), ones(9), ones(9)),
            ["normalisation of other channels"] = () => BatchNorm2d(3).call(x),
            ["resizing to nothing"] = () => F.interpolate(x, [0, 0]),
            ["resizing to less than nothing"] = () => F.interpolate(x, [-1, 2]),
            ["resizing by NaN"] = () => F.interpolate(x, scale_factor: [double.NaN, 1]),
            ["resizing to infinity"] = () => F.interpolate(x, scale_factor: [double.PositiveInfinity, 1]),
            ["resizing nothing"] = () => F.interpolate(ones(1, 1, 0, 0), [2, 2]),
            ["resizing a matrix"] = () => F.interpolate(ones(2, 2), [2, 2]),
            ["a class too high"] = () => F.cross_entropy(ones(1, 2), tensor(new long[] { 2 })),
            ["a class below zero"] = () => F.cross_entropy(ones(1, 2), tensor(new long[] { -1 })),
            ["a class too high, smoothed"] = () => F.cross_entropy(ones(1, 2), tensor(new long[] { 2 }), label_smoothing: .1),
            ["too much smoothing"] = () => F.cross_entropy(ones(1, 2), classes, label_smoothing: 2),
            ["more answers than questions"] = () => F.cross_entropy(ones(3, 2), classes),
            ["weights for other classes"] = () => F.cross_entropy(ones(1, 2), classes, ones(5)),
            ["classes as real numbers"] = () => F.cross_entropy(ones(1, 2), ones(1)),
            ["a class too high for nll"] = () => F.nll_loss(ones(1, 2), tensor(new long[] { 5 })),
            ["probabilities above one"] = () => F.binary_cross_entropy(ones(2) * 3, ones(2)),
            ["answers of another shape"] = () => F.binary_cross_entropy_with_logits(ones(2), ones(3)),
            ["differences of other shapes"] = () => F.mse_loss(ones(2), ones(3)),
            ["one-hot of -1"] = () => F.one_hot(tensor(new long[] { -1 })),
            ["one-hot of real numbers"] = () => F.one_hot(ones(2)),
            ["one-hot with too few classes"] = () => F.one_hot(tensor(new long[] { 5 }), 2),
            ["one-hot of far too many classes"] = () => F.one_hot(tensor(new[] { long.MaxValue })),
            ["three paddings"] = () => F.pad(x, [1, 2, 3]),
            ["cutting more than there is"] = () => F.pad(x, [-9, -9]),
            ["mirror images larger than the picture"] = () => F.pad(x, [9, 9, 0, 0], PaddingModes.Reflect),
            ["going round more than once"] = () => F.pad(x, [9, 9, 9, 9], PaddingModes.Circular),
            ["padding beyond memory"] = () => F.pad(x, [long.MaxValue / 2, 0]),
            ["an unknown padding"] = () => F.pad(x, [1, 1], (PaddingModes)9),
            ["a grid of three coordinates"] = () => F.grid_sample(x, ones(1, 3, 3, 3)),
            ["a grid for another batch"] = () => F.grid_sample(x, ones(2, 3, 3, 2)),
            ["a grid without a size"] = () => F.affine_grid(ones(1, 2, 3)),
            ["a grid of less than nothing"] = () => F.affine_grid(ones(1, 2, 3), [1, 1, -2, 2]),
            ["dropout of everything and more"] = () => F.dropout(x, 2),
            ["dropout of NaN"] = () => F.dropout(x, double.NaN),
            ["softmax over a dimension that is not there"] = () => F.softmax(x, 9),
            ["softmax of whole numbers"] = () => F.softmax(whole, 0),
            ["changing a leaf in place"] = () => F.relu(ones(2, requires_grad: true), inplace: true),
            ["relu of a disposed tensor"] = () => F.relu(dead),
            ["relu of nothing"] = () => F.relu(null!),
            ["a deviation below zero"] = () => init.normal_(zeros(2), 0, -1),
            ["limits the wrong way round"] = () => init.uniform_(zeros(2), 1, 0),
            ["whole numbers as parameters"] = () => new Parameter(whole),
            ["nothing as a parameter"] = () => new Parameter(null!),
            ["flattening backwards"] = () => Flatten(3, 1).call(x),
            ["a loss with disposed weights"] = () => CrossEntropyLoss(dead).call(ones(1, 2), classes),
            ["nothing in a row of modules"] = () => Sequential((Module<Tensor, Tensor>)null!),
            ["an optimizer of a disposed module"] = () =>
            {
                var linear = Linear(2, 2);
                var optimizer = optim.Adam(linear.parameters());
                linear.Dispose();
                return optimizer.step();
            },
        };
    }
}
