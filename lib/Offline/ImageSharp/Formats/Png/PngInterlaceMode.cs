namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>The order of the rows of a PNG.</summary>
public enum PngInterlaceMode : byte
{
    None = 0,
    Adam7 = 1,
}
