namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>A kernel to resize with: its weight at a distance in pixels, and how far it reaches.</summary>
public interface IResampler
{
    float Radius { get; }

    float GetValue(float x);
}
