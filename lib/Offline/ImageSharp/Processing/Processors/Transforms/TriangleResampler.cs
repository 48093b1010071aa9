namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>Linear interpolation.</summary>
public readonly struct TriangleResampler : IResampler
{
    public float Radius => 1;

    public float GetValue(float x) => Math.Max(0, 1 - Math.Abs(x));
}
