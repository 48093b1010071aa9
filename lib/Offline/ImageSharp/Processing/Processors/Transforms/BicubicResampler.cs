namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>The cubic kernel with a = -0.5.</summary>
public readonly struct BicubicResampler : IResampler
{
    private const float A = -.5F;

    public float Radius => 2;

    public float GetValue(float x)
    {
        x = Math.Abs(x);
        return x <= 1 ? (((((A + 2) * x) - (A + 3)) * x * x) + 1)
            : x < 2 ? (((((A * x) - (5 * A)) * x) + (8 * A)) * x) - (4 * A)
            : 0;
    }
}
