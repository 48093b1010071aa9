using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator LinearOf = new("linear");
            private static readonly Operator Convolve2d = new("conv2d");
            private static readonly Operator Convolve2dPadded = new("conv2d.padding");
            private static readonly Operator BatchNormOf = new("batch_norm");
            private static readonly Operator LayerNormOf = new("layer_norm");
            private static readonly Operator PadOf = new("pad");
            private static readonly Operator NormOver = new("norm.ScalarOpt_dim");

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => LinearOf.Call(input, weights, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
                => Convolve2d.Call(input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1)
                => Convolve2dPadded.Call(input, weight, bias, strides ?? [1, 1], padding == Padding.Same ? "same" : "valid", dilation ?? [1, 1], groups);

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05)
            {
                if (training)
                {
                    MustHaveSpread(input.shape);
                }

                return BatchNormOf.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);
            }

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
                => LayerNormOf.Call(input, normalized_shape, weight, bias, eps);

            /// <summary>Vectors along one dimension divided by their lengths.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12)
            {
                using var length = NormOver.Call(input, p, (long[])[dim], true);
                using var atLeast = length.clamp_min(eps);
                return input / atLeast;
            }

            /// <summary>Before and after of the last dimension, then of the one before it, and so on.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                ArgumentNullException.ThrowIfNull(pad);
                return mode switch
                {
                    PaddingModes.Constant or PaddingModes.Zeros => PadOf.Call(input, pad, "constant", mode == PaddingModes.Zeros ? 0 : value),
                    PaddingModes.Reflect => PadOf.Call(input, pad, "reflect"),
                    PaddingModes.Replicate => PadOf.Call(input, pad, "replicate"),
                    PaddingModes.Circular => PadOf.Call(input, pad, "circular"),
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such padding mode."),
                };
            }

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>The same on both sides of every dimension.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var all = new long[2 * input.ndim];
                Array.Fill(all, pad);
                return functional.pad(input, all, mode, value);
            }

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>The operator takes one value a channel without a word; PyTorch's function does not.</summary>
            private static void MustHaveSpread(long[] shape)
            {
                if (shape.Length >= 2 && shape[0] == 1 && shape.Skip(2).All(size => size == 1))
                {
                    throw new ExternalException($"Expected more than 1 value per channel when training, got input size [{string.Join(", ", shape)}]");
                }
            }
        }
    }
}
