namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>The cubic kernels of Mitchell and Netravali.</summary>
public readonly struct CubicResampler(float radius, float bspline, float cardinal) : IResampler
{
    public static readonly CubicResampler CatmullRom = new(2, 0, .5F);
    public static readonly CubicResampler Hermite = new(2, 0, 0);
    public static readonly CubicResampler MitchellNetravali = new(2, 1F / 3, 1F / 3);
    public static readonly CubicResampler Spline = new(2, 1, 0);

    public float Radius => radius;

    public float GetValue(float x)
    {
        var (b, c) = (bspline, cardinal);
        x = Math.Abs(x);
        var (square, cube) = (x * x, x * x * x);
        return x < 1 ? (((12 - (9 * b) - (6 * c)) * cube) + ((-18 + (12 * b) + (6 * c)) * square) + (6 - (2 * b))) / 6
            : x < 2 ? (((-b - (6 * c)) * cube) + (((6 * b) + (30 * c)) * square) + (((-12 * b) - (48 * c)) * x) + ((8 * b) + (24 * c))) / 6
            : 0;
    }
}
