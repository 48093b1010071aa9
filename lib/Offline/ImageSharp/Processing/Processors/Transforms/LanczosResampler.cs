namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>The windowed sinc of Lanczos.</summary>
public readonly struct LanczosResampler(float radius) : IResampler
{
    public static readonly LanczosResampler Lanczos2 = new(2);
    public static readonly LanczosResampler Lanczos3 = new(3);
    public static readonly LanczosResampler Lanczos5 = new(5);
    public static readonly LanczosResampler Lanczos8 = new(8);

    public float Radius => radius;

    public float GetValue(float x)
    {
        x = Math.Abs(x);
        return x < radius ? Sinc(x) * Sinc(x / radius) : 0;
    }

    private static float Sinc(float x)
    {
        if (x == 0)
        {
            return 1;
        }

        x *= MathF.PI;
        return MathF.Sin(x) / x;
    }
}
