using System.Runtime.Intrinsics;
using CovidNotebooks.Models.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// Convolution, 2 × 2 max-pooling and ReLU in one, for float32 on a CPU: the same numbers but for the rounding of sums, in less time and
/// memory.
/// </summary>
/// <remarks>
/// The map before the pooling is four times as large as what is left of it, and at least three in four of its gradients are zero. It is
/// never written: forward keeps a byte a value (which place of the window was the largest, or that ReLU let nothing through), and backward
/// works with the gradients that are not zero. What the images say of the filters is summed image by image and added in the images' order,
/// so the number of threads changes no bit. It can be derived once, not twice.
/// </remarks>
internal sealed unsafe class PooledConvolution : autograd.SingleTensorFunction<PooledConvolution>
{
    private const string ImagesToo = "images too";

    /// <inheritdoc/>
    public override string Name => nameof(PooledConvolution);

    /// <summary>
    /// Runs the three layers: together where that can be (windows of 2 × 2; a square kernel, stride 1, the same padding by zeros on all
    /// sides, a multiple of sixteen filters), else as <see cref="ConvolutionStage"/> does.
    /// </summary>
    public static Tensor Run(Conv2d convolution, nn.Module<Tensor, Tensor> relu, MaxPool2d pool, Tensor images)
    {
        if (!Fits(convolution, pool, images) || ForwardHooks.MayBeOn(convolution) || ForwardHooks.MayBeOn(relu)
            || ForwardHooks.MayBeOn(pool))
        {
            return ConvolutionStage.Run(convolution, relu, pool, images);
        }

        using var scope = NewDisposeScope();
        return apply(Padded(images, convolution.padding![0]), convolution.weight!, convolution.bias!).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (images, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        using var scope = NewDisposeScope();
        var (sizes, count) = (SizesOf(images, weight), images.shape[0]);
        var (pixels, taps, shifts) = (images.permute(0, 2, 3, 1).contiguous(), weight.permute(2, 3, 1, 0).contiguous(), bias.contiguous());
        var pooled = empty(count, sizes.PooledHeight, sizes.PooledWidth, sizes.Outputs);
        var places = empty(pooled.shape, dtype: ScalarType.Byte);
        fixed (byte* p = pixels.bytes, t = taps.bytes, s = shifts.bytes, v = pooled.bytes, w = places.bytes)
        {
            var (from, filters, added, to, which) = ((nint)p, (nint)t, (nint)s, (nint)v, (nint)w);
            Parallel.For(0, count, Threads(), image => PooledForward.Run(
                sizes, (float*)from + (image * sizes.Pixels), (float*)filters, (float*)added, (float*)to + (image * sizes.Pooled),
                (byte*)which + (image * sizes.Pooled)));
        }

        ctx.save_for_backward([pixels.MoveToOuterDisposeScope(), weight, places.MoveToOuterDisposeScope()]);
        ctx.save_data(ImagesToo, images.requires_grad);
        return pooled.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (pixels, weight, places) = (saved[0], saved[1], saved[2]);
        var upstream = gradient.permute(0, 2, 3, 1).contiguous();
        var sizes = SizesOf(pixels.permute(0, 3, 1, 2), weight);
        return HandedGradients.Of(gradient, (bool)ctx.get_data(ImagesToo)
            ? OfAll(sizes, pixels, weight, places, upstream)
            : OfWeights(sizes, pixels, places, upstream));
    }

    private static Tensor?[] OfWeights(StageSizes sizes, Tensor pixels, Tensor places, Tensor upstream)
    {
        var (count, room) = (pixels.shape[0], ImageLayerGradient.Scratch(sizes));
        var (gradients, scratch) = (zeros(count, sizes.Gradients), empty(count, room));
        fixed (byte* p = pixels.bytes, u = upstream.bytes, w = places.bytes, g = gradients.bytes, s = scratch.bytes)
        {
            var (from, given, which, to, space) = ((nint)p, (nint)u, (nint)w, (nint)g, (nint)s);
            Parallel.For(0, count, Threads(), image => ImageLayerGradient.Add(
                sizes, (float*)from + (image * sizes.Pixels), (float*)given + (image * sizes.Pooled), (byte*)which + (image * sizes.Pooled),
                (float*)to + (image * sizes.Gradients), (float*)space + (image * room)));
        }

        var (filters, bias) = Sum(sizes, gradients);
        var weights = filters.view(sizes.Kernel, sizes.Kernel, sizes.Channels, sizes.Outputs).permute(3, 2, 0, 1).contiguous();
        return [null, weights, bias];
    }

    private static Tensor?[] OfAll(StageSizes sizes, Tensor pixels, Tensor weight, Tensor places, Tensor upstream)
    {
        var (count, room) = (pixels.shape[0], PooledGradient.Scratch(sizes));
        var (gradients, scratch) = (zeros(count, sizes.Gradients), empty(count, room));
        var (images, filters) = (zeros(pixels.shape), weight.permute(0, 2, 3, 1).contiguous());
        fixed (byte* p = pixels.bytes, u = upstream.bytes, w = places.bytes, f = filters.bytes, g = gradients.bytes)
        fixed (byte* i = images.bytes, s = scratch.bytes)
        {
            var (from, given, which, taps, to, back, space) = ((nint)p, (nint)u, (nint)w, (nint)f, (nint)g, (nint)i, (nint)s);
            Parallel.For(0, count, Threads(), image => PooledGradient.Add(
                sizes, (float*)from + (image * sizes.Pixels), (float*)given + (image * sizes.Pooled), (byte*)which + (image * sizes.Pooled),
                (float*)taps, (float*)to + (image * sizes.Gradients), (float*)back + (image * sizes.Pixels),
                (float*)space + (image * room)));
        }

        var (sum, bias) = Sum(sizes, gradients);
        var weights = sum.view(sizes.Outputs, sizes.Kernel, sizes.Kernel, sizes.Channels).permute(0, 3, 1, 2).contiguous();
        return [images.permute(0, 3, 1, 2), weights, bias];
    }

    private static (Tensor Filters, Tensor Bias) Sum(StageSizes sizes, Tensor gradients)
    {
        var sum = gradients.sum(dim: 0);
        var filters = sizes.Taps * sizes.Outputs;
        return (sum.narrow(0, 0, filters), sum.narrow(0, filters, sizes.Outputs).clone());
    }

    private static bool Fits(Conv2d convolution, MaxPool2d pool, Tensor images) =>
        Vector256.IsHardwareAccelerated
        && IsPlain(convolution) && PooledActivation.IsPlain(pool)
        && convolution.weight is { dtype: ScalarType.Float32, device_type: DeviceType.CPU } weight && convolution.bias is not null
        && images is { dtype: ScalarType.Float32, device_type: DeviceType.CPU, Dimensions: 4 } && images.shape[1] == weight.shape[1]
        && SizesOf(images, weight, convolution.padding![0]) is { PooledHeight: > 0, PooledWidth: > 0 } sizes
        && sizes.Outputs % PooledForward.Outputs == 0
        && (!is_grad_enabled() || !images.requires_grad || sizes.LineTaps % PooledGradient.Taps == 0)
        && images.shape[0] * sizes.Largest <= int.MaxValue / sizeof(float);

    private static bool IsPlain(Conv2d convolution) =>
        convolution is
        {
            kernel_size: [var rows, var columns], stride: [1, 1], padding: [var above, var left], dilation: [1, 1], groups: 1,
            padding_mode: PaddingModes.Zeros,
        } && rows == columns && above == left;

    private static StageSizes SizesOf(Tensor images, Tensor weight, long padding = 0) => new(
        (int)images.shape[1], (int)(images.shape[2] + (2 * padding)), (int)(images.shape[3] + (2 * padding)), (int)weight.shape[0],
        (int)weight.shape[2]);

    private static Tensor Padded(Tensor images, long padding) =>
        padding == 0 ? images : nn.functional.pad(images, (padding, padding, padding, padding));

    private static ParallelOptions Threads() => new() { MaxDegreeOfParallelism = get_num_threads() };
}
