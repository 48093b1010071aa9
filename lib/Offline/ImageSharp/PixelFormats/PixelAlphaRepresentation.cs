namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>How a pixel holds its alpha.</summary>
public enum PixelAlphaRepresentation
{
    None,
    Associated,
    Unassociated,
}
