using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private const int BilinearGrid = 0;
            private const int NearestGrid = 1;
            private const int ZerosBeyond = 0;
            private const int BorderBeyond = 1;
            private const int ReflectionBeyond = 2;

            private static readonly Operator AffineGridGenerator = new("affine_grid_generator");
            private static readonly Operator GridSampler = new("grid_sampler");

            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
                => AffineGridGenerator.Call(theta, size ?? throw new ArgumentNullException(nameof(size)), align_corners);

            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                var between = mode switch
                {
                    GridSampleMode.Nearest => NearestGrid,
                    GridSampleMode.Bilinear => BilinearGrid,
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such way to sample a grid."),
                };
                var beyond = padding_mode switch
                {
                    GridSamplePaddingMode.Zeros => ZerosBeyond,
                    GridSamplePaddingMode.Reflection => ReflectionBeyond,
                    GridSamplePaddingMode.Border => BorderBeyond,
                    _ => throw new ArgumentOutOfRangeException(nameof(padding_mode), padding_mode, "There is no such way to sample beyond the border."),
                };
                return GridSampler.Call(input, grid, between, beyond, align_corners ?? false);
            }
        }
    }
}
