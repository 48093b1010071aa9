namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>The mean of what a pixel covers.</summary>
public readonly struct BoxResampler : IResampler
{
    public float Radius => .5F;

    public float GetValue(float x) => x is > -.5F and <= .5F ? 1 : 0;
}
