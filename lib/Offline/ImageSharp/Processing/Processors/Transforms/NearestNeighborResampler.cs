namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>The pixel that is nearest.</summary>
public readonly struct NearestNeighborResampler : IResampler
{
    public float Radius => 1;

    public float GetValue(float x) => x;
}
