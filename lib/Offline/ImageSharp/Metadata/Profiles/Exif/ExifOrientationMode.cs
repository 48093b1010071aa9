namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>The values of <see cref="ExifTag.Orientation"/>: where the first row and the first column of the file belong.</summary>
public static class ExifOrientationMode
{
    public const ushort Unknown = 0;
    public const ushort TopLeft = 1;
    public const ushort TopRight = 2;
    public const ushort BottomRight = 3;
    public const ushort BottomLeft = 4;
    public const ushort LeftTop = 5;
    public const ushort RightTop = 6;
    public const ushort RightBottom = 7;
    public const ushort LeftBottom = 8;
}
