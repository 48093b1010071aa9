using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Nearest1 = new("upsample_nearest1d.vec");
            private static readonly Operator Nearest2 = new("upsample_nearest2d.vec");
            private static readonly Operator Nearest3 = new("upsample_nearest3d.vec");
            private static readonly Operator NearestExact1 = new("_upsample_nearest_exact1d.vec");
            private static readonly Operator NearestExact2 = new("_upsample_nearest_exact2d.vec");
            private static readonly Operator NearestExact3 = new("_upsample_nearest_exact3d.vec");
            private static readonly Operator Linear1 = new("upsample_linear1d.vec");
            private static readonly Operator Bilinear2 = new("upsample_bilinear2d.vec");
            private static readonly Operator Bicubic2 = new("upsample_bicubic2d.vec");
            private static readonly Operator Trilinear3 = new("upsample_trilinear3d.vec");
            private static readonly Operator BilinearAntialiased = new("_upsample_bilinear2d_aa.vec");
            private static readonly Operator BicubicAntialiased = new("_upsample_bicubic2d_aa.vec");

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var spatial = (int)x.ndim - 2;
                MustBeInterpolable(spatial, size, scale_factor, mode, align_corners, antialias);
                if (size is null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    size = [.. scale_factor!.Select((factor, i) => (long)Math.Floor(x.shape[i + 2] * factor))];
                    scale_factor = null;
                }

                var corners = align_corners ?? false;
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, 1) => Nearest1.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 2) => Nearest2.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 3) => Nearest3.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1) => NearestExact1.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2) => NearestExact2.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 3) => NearestExact3.Call(x, size, scale_factor),
                    (InterpolationMode.Area, 1) => AdaptiveAvgPool1.Call(x, size),
                    (InterpolationMode.Area, 2) => AdaptiveAvgPool.Call(x, size),
                    (InterpolationMode.Area, 3) => AdaptiveAvgPool3.Call(x, size),
                    (InterpolationMode.Linear, 1) => Linear1.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) => (antialias ? BilinearAntialiased : Bilinear2).Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) => (antialias ? BicubicAntialiased : Bicubic2).Call(x, size, corners, scale_factor),
                    (InterpolationMode.Trilinear, 3) => Trilinear3.Call(x, size, corners, scale_factor),
                    _ => throw new ArgumentException($"Interpolation {mode} does not work on a tensor of {x.ndim} dimensions: Linear takes 3, Bilinear and Bicubic 4, Trilinear 5, the others any of these.", nameof(x)),
                };
            }

            private static void MustBeInterpolable(int spatial, long[]? size, double[]? scale_factor, InterpolationMode mode, bool? align_corners, bool antialias)
            {
                if (size is null == scale_factor is null)
                {
                    throw new ArgumentException(size is null ? "Either size or scale_factor should be defined." : "Only one of size or scale_factor should be defined.", nameof(size));
                }

                var given = size?.Length ?? scale_factor!.Length;
                if (given != spatial)
                {
                    throw new ArgumentException($"A tensor of {spatial + 2} dimensions needs {spatial} sizes or factors, not {given}.", nameof(size));
                }

                var nearest = mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area;
                if (nearest && align_corners is true)
                {
                    throw new ArgumentException("align_corners can only be set with the interpolating modes Linear, Bilinear, Bicubic and Trilinear.", nameof(align_corners));
                }

                if (antialias && (spatial != 2 || mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic)))
                {
                    throw new ArgumentException("Anti-alias option is only supported for bilinear and bicubic modes of pictures.", nameof(antialias));
                }
            }
        }
    }
}
