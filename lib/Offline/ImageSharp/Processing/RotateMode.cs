namespace SixLabors.ImageSharp.Processing;

/// <summary>A turn clockwise.</summary>
public enum RotateMode
{
    None = 0,
    Rotate90 = 90,
    Rotate180 = 180,
    Rotate270 = 270,
}
