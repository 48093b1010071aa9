namespace SixLabors.ImageSharp.Processing;

/// <summary>Where a picture is held when it is cropped or padded.</summary>
public enum AnchorPositionMode
{
    Center,
    Top,
    Bottom,
    Left,
    Right,
    TopLeft,
    TopRight,
    BottomRight,
    BottomLeft,
}
