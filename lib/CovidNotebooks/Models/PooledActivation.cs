using System.Runtime.Intrinsics;
using CovidNotebooks.Models.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// 2 × 2 max-pooling and ReLU in one, in float32 and bfloat16 on a CPU, for maps whose memory is channels-last: the same numbers to the
/// bit. ReLU never changes which value of a window is the largest, so it may come second.
/// </summary>
/// <remarks>
/// Torch keeps for backward the map before the pooling and eight bytes for each value behind it; here a byte a value is kept: which place
/// of the window was the largest, or that ReLU let nothing through. It can be derived once, not twice.
/// </remarks>
internal sealed unsafe class PooledActivation : autograd.SingleTensorFunction<PooledActivation>
{
    private const string Rows = "rows";
    private const string Columns = "columns";

    /// <inheritdoc/>
    public override string Name => nameof(PooledActivation);

    /// <summary>Runs both: together where that can be, else one after the other.</summary>
    /// <param name="pool">The pooling.</param>
    /// <param name="map">A map (N, channels, rows, columns).</param>
    public static Tensor Run(MaxPool2d pool, Tensor map)
    {
        using var scope = NewDisposeScope();
        return (Fits(pool, map) ? apply(map) : nn.functional.relu(pool.call(map), inplace: true)).MoveToOuterDisposeScope();
    }

    /// <summary>Whether a pooling takes the largest of each 2 × 2 values, without overlap or border.</summary>
    public static bool IsPlain(MaxPool2d pool) =>
        pool is { kernel_size: [2] or [2, 2], stride: null or [2] or [2, 2], ceil_mode: false }
        && pool.padding is null or [0] or [0, 0] && pool.dilation is null or [1] or [1, 1];

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var map = (Tensor)vars[0];
        using var scope = NewDisposeScope();
        var values = map.permute(0, 2, 3, 1).contiguous();
        var (count, rows, columns, channels) = (values.shape[0], (int)values.shape[1], (int)values.shape[2], (int)values.shape[3]);
        var pooled = empty(count, rows / 2, columns / 2, channels, dtype: map.dtype);
        var places = empty(pooled.shape, dtype: ScalarType.Byte);
        var (each, eachPooled) = (values.numel() / count, pooled.numel() / count);
        var isFloat = map.dtype == ScalarType.Float32;
        fixed (byte* m = values.bytes, p = pooled.bytes, w = places.bytes)
        {
            var (from, to, which) = ((nint)m, (nint)p, (nint)w);
            Parallel.For(0, count, Threads(), image =>
            {
                var own = (byte*)which + (image * eachPooled);
                if (isFloat)
                {
                    WindowPooling<float>.Run(
                        rows, columns, channels, (float*)from + (image * each), (float*)to + (image * eachPooled), own);
                }
                else
                {
                    WindowPooling<ushort>.Run(
                        rows, columns, channels, (ushort*)from + (image * each), (ushort*)to + (image * eachPooled), own);
                }
            });
        }

        ctx.save_for_backward([places.MoveToOuterDisposeScope()]);
        ctx.save_data(Rows, rows);
        ctx.save_data(Columns, columns);
        return pooled.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var places = ctx.get_saved_variables()[0];
        var (rows, columns) = ((int)ctx.get_data(Rows), (int)ctx.get_data(Columns));
        var upstream = gradient.permute(0, 2, 3, 1).contiguous();
        var (count, channels) = (upstream.shape[0], (int)upstream.shape[3]);
        var whole = rows % 2 == 0 && columns % 2 == 0
            ? empty(count, rows, columns, channels, dtype: gradient.dtype)
            : zeros(count, rows, columns, channels, dtype: gradient.dtype);
        var (each, eachPooled) = (whole.numel() / count, upstream.numel() / count);
        var isFloat = gradient.dtype == ScalarType.Float32;
        fixed (byte* u = upstream.bytes, w = places.bytes, g = whole.bytes)
        {
            var (from, which, to) = ((nint)u, (nint)w, (nint)g);
            Parallel.For(0, count, Threads(), image =>
            {
                var own = (byte*)which + (image * eachPooled);
                if (isFloat)
                {
                    WindowPooling<float>.Spread(
                        rows, columns, channels, (float*)from + (image * eachPooled), own, (float*)to + (image * each));
                }
                else
                {
                    WindowPooling<ushort>.Spread(
                        rows, columns, channels, (ushort*)from + (image * eachPooled), own, (ushort*)to + (image * each));
                }
            });
        }

        return HandedGradients.Of(gradient, whole.permute(0, 3, 1, 2));
    }

    private static bool Fits(MaxPool2d pool, Tensor map) =>
        Vector256.IsHardwareAccelerated
        && IsPlain(pool)
        && map is { dtype: ScalarType.Float32 or ScalarType.BFloat16, device_type: DeviceType.CPU, Dimensions: 4 }
        && map.shape[0] > 0 && map.shape[1] % WindowPooling<float>.Channels == 0 && map.shape[2] > 1 && map.shape[3] > 1
        && IsChannelsLast(map)
        && map.numel() <= int.MaxValue / sizeof(float);

    /// <summary>Other maps stay as they are laid out, so that the convolutions behind them round as before.</summary>
    private static bool IsChannelsLast(Tensor map)
    {
        var (strides, channels, columns) = (map.stride(), map.shape[1], map.shape[3]);
        return strides[1] == 1 && strides[3] == channels && strides[2] == columns * channels;
    }

    private static ParallelOptions Threads() => new() { MaxDegreeOfParallelism = get_num_threads() };
}
