using System.Runtime.Intrinsics;
using CovidNotebooks.Models;
using Tests.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class PooledConvolutionTests
{
    // Channels, outputs, kernel, padding, rows, columns, whether the images have a gradient: the shapes of documents 5 and 2, odd ones.
    [Theory]
    [InlineData(3, 32, 3, 0, 150, 150, false)]
    [InlineData(32, 64, 3, 0, 74, 74, true)]
    [InlineData(64, 64, 3, 0, 36, 36, true)]
    [InlineData(16, 32, 3, 1, 40, 44, true)]
    [InlineData(32, 64, 5, 2, 62, 62, true)]
    [InlineData(128, 64, 8, 0, 19, 19, true)]
    [InlineData(3, 32, 3, 0, 7, 10, false)]
    [InlineData(3, 32, 3, 1, 7, 10, false)]
    [InlineData(1, 16, 1, 0, 62, 62, false)]
    [InlineData(1, 128, 4, 0, 20, 20, false)]
    [InlineData(2, 48, 3, 1, 9, 12, false)]
    [InlineData(1, 32, 5, 2, 9, 12, false)]
    [InlineData(8, 16, 17, 0, 26, 28, true)]
    [InlineData(6, 64, 1, 0, 5, 4, false)]
    [InlineData(32, 16, 1, 0, 3, 9, true)]
    [InlineData(16, 48, 2, 0, 6, 5, true)]
    [InlineData(8, 16, 3, 2, 5, 4, true)]
    [InlineData(24, 16, 5, 1, 9, 6, true)]
    public void Values_and_gradients_are_those_of_the_three_layers(
        int channels, int outputs, int kernel, int padding, int rows, int columns, bool imagesToo)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(channels + outputs + kernel);
        var convolution = nn.Conv2d(channels, outputs, kernel, padding: padding);
        var images = randn(3, channels, rows, columns);
        var cut = kernel - (2 * padding) - 1;
        var upstream = randn(3, outputs, (rows - cut) / 2, (columns - cut) / 2);
        var together = Answers(convolution, images, upstream, imagesToo, PooledConvolution.Run);
        var apart = Answers(convolution, images, upstream, imagesToo, ConvolutionStage.Run);
        var exact = Answers(
            nn.Conv2d(channels, outputs, kernel, padding: padding, dtype: ScalarType.Float64), images.to(float64), upstream.to(float64),
            imagesToo, ConvolutionStage.Run, convolution);
        Assert.Equal(Vector256.IsHardwareAccelerated, !Bits(together[1]).SequenceEqual(Bits(apart[1])));
        Assert.Equal(imagesToo ? 4 : 3, together.Count);
        foreach (var (ours, truth) in together.Zip(exact))
        {
            var apartBy = ((ours - truth).abs().max() / truth.abs().max()).item<double>();
            Assert.InRange(apartBy, 0, 1e-5);
        }
    }

    [Fact]
    public void Layer_by_layer_pooling_before_ReLU_gives_the_gradients_of_the_published_order()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var convolution = nn.Conv2d(3, 32, 3);
        var (images, upstream) = (rand(3, 3, 150, 150), randn(3, 32, 74, 74));
        var first = Answers(convolution, images, upstream, imagesToo: true, ConvolutionStage.Run);
        var published = Answers(
            convolution, images, upstream, imagesToo: true, (layer, relu, pool, input) => pool.call(relu.call(layer.call(input))));
        foreach (var (ours, truth) in first.Zip(published))
        {
            GoldenTensors.AssertClose(GoldenTensors.Values(truth), GoldenTensors.Values(ours), 1e-6, "value or gradient");
        }
    }

    [Fact]
    public void Equal_values_and_what_is_no_number_go_where_torch_sends_them()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var convolution = nn.Conv2d(3, 32, 3);
        var images = zeros(2, 3, 12, 12);
        images[0] = .5; // all four values of each window are equal
        images[1, 0, 5, 5] = float.NaN;
        images[1, 2, 9, 2] = float.PositiveInfinity;
        var upstream = ones(2, 32, 5, 5);
        var together = Answers(convolution, images, upstream, imagesToo: false, PooledConvolution.Run);
        var apart = Answers(convolution, images, upstream, imagesToo: false, ConvolutionStage.Run);
        foreach (var (ours, torchs) in together.Zip(apart))
        {
            Assert.True(ours.allclose(torchs, rtol: 1e-5, atol: 1e-5, equal_nan: true));
        }

        Assert.True(together[0].isnan().any().item<bool>());
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var convolution = nn.Conv2d(32, 32, 3);
        var (images, upstream) = (randn(7, 32, 14, 14), randn(7, 32, 6, 6));
        var before = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = Answers(convolution, images, upstream, imagesToo: true, PooledConvolution.Run);
            set_num_threads(3);
            var three = Answers(convolution, images, upstream, imagesToo: true, PooledConvolution.Run);
            Assert.All(one.Zip(three), pair => Assert.Equal(Bits(pair.First), Bits(pair.Second)));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Theory]
    [InlineData(3, 20, 3, false)] // too few outputs for a register
    [InlineData(3, 32, 3, true)] // images with a gradient and few channels
    public void What_does_not_fit_runs_layer_by_layer(int channels, int outputs, int kernel, bool imagesToo)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var convolution = nn.Conv2d(channels, outputs, kernel);
        var (images, upstream) = (randn(2, channels, 9, 9), randn(2, outputs, (10 - kernel) / 2, (10 - kernel) / 2));
        var together = Answers(convolution, images, upstream, imagesToo, PooledConvolution.Run);
        var apart = Answers(convolution, images, upstream, imagesToo, ConvolutionStage.Run);
        Assert.All(together.Zip(apart), pair => Assert.Equal(Bits(pair.First), Bits(pair.Second)));
    }

    [Theory]
    [InlineData("stride")]
    [InlineData("dilation")]
    [InlineData("groups")]
    [InlineData("oblong kernel")]
    [InlineData("oblong padding")]
    [InlineData("padding by name")]
    [InlineData("reflected padding")]
    [InlineData("pooling of 3")]
    [InlineData("overlapping pooling")]
    [InlineData("padded pooling")]
    [InlineData("rounded up")]
    public void Layers_of_another_form_run_one_by_one(string form)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var convolution = form switch
        {
            "stride" => nn.Conv2d(32, 32, 3, stride: 2),
            "dilation" => nn.Conv2d(32, 32, 3, dilation: 2),
            "groups" => nn.Conv2d(32, 32, 3, groups: 2),
            "oblong kernel" => nn.Conv2d(32, 32, (3, 1)),
            "oblong padding" => nn.Conv2d(32, 32, (3, 3), padding: (1, 0)),
            "padding by name" => nn.Conv2d(32, 32, 3, padding: Padding.Same),
            "reflected padding" => nn.Conv2d(32, 32, 3, padding: 1, padding_mode: PaddingModes.Reflect),
            _ => nn.Conv2d(32, 32, 3),
        };
        using var pool = form switch
        {
            "pooling of 3" => nn.MaxPool2d(3),
            "overlapping pooling" => nn.MaxPool2d(2, stride: 1),
            "padded pooling" => nn.MaxPool2d(2, padding: 1),
            "rounded up" => nn.MaxPool2d(2, ceil_mode: true),
            _ => nn.MaxPool2d(2),
        };
        var images = randn(2, 32, 13, 13);
        using var relu = nn.ReLU();
        var expected = ConvolutionStage.Run(convolution, relu, pool, images);
        Assert.Equal(Bits(expected), Bits(PooledConvolution.Run(convolution, relu, pool, images)));
        Assert.Equal(expected.shape, PooledConvolution.Run(convolution, relu, pool, images).shape);
    }

    [Fact]
    public void Images_that_torch_refuses_are_refused_by_torch()
    {
        using var scope = NewDisposeScope();
        var (convolution, relu, pool) = (nn.Conv2d(32, 32, 3), nn.ReLU(), nn.MaxPool2d(2));
        string Refusal(Tensor images) =>
            Assert.ThrowsAny<Exception>(() => PooledConvolution.Run(convolution, relu, pool, images)).Message;
        Assert.Contains("with 32 channels to Conv2d", Refusal(randn(2, 16, 13, 13)), StringComparison.Ordinal);
        Assert.Contains("Output size is too small", Refusal(randn(2, 32, 3, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_outlives_its_batch()
    {
        using var scope = NewDisposeScope();
        var convolution = nn.Conv2d(32, 32, 3);
        var (images, upstream) = (randn(2, 32, 14, 14), randn(2, 32, 6, 6));
        Answers(convolution, images, upstream, imagesToo: true, PooledConvolution.Run).ForEach(tensor => tensor.Dispose());
        var before = Tensor.TotalCount;
        for (var i = 0; i < 3; i++)
        {
            Answers(convolution, images, upstream, imagesToo: true, PooledConvolution.Run).ForEach(tensor => tensor.Dispose());
        }

        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    /// <summary>The values, and the gradients of the filters, the bias and, where asked, the images.</summary>
    private static List<Tensor> Answers(
        Conv2d convolution, Tensor images, Tensor upstream, bool imagesToo,
        Func<Conv2d, ReLU, MaxPool2d, Tensor, Tensor> run, Conv2d? weights = null)
    {
        using var scope = NewDisposeScope();
        if (weights is not null)
        {
            using var noGradients = no_grad();
            convolution.weight!.copy_(weights.weight!);
            convolution.bias!.copy_(weights.bias!);
        }

        var leaf = images.detach().clone().requires_grad_(imagesToo);
        convolution.zero_grad();
        var values = run(convolution, nn.ReLU(), nn.MaxPool2d(2), leaf);
        values.backward([upstream]);
        List<Tensor> answers = [values.detach().clone(), convolution.weight!.grad!.clone(), convolution.bias!.grad!.clone()];
        if (imagesToo)
        {
            answers.Add(leaf.grad!.clone());
        }

        answers.ForEach(tensor => tensor.MoveToOuterDisposeScope());
        return answers;
    }

    private static byte[] Bits(Tensor tensor) => tensor.contiguous().bytes.ToArray();
}
