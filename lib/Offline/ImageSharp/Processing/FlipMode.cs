namespace SixLabors.ImageSharp.Processing;

/// <summary>The axis of a flip.</summary>
public enum FlipMode
{
    None,
    Horizontal,
    Vertical,
}
