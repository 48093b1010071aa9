namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>How hard the encoder works.</summary>
#pragma warning disable CA1069 // The real type names some levels twice.
public enum PngCompressionLevel
{
    NoCompression = 0,
    Level0 = 0,
    BestSpeed = 1,
    Level1 = 1,
    Level2 = 2,
    Level3 = 3,
    Level4 = 4,
    Level5 = 5,
    DefaultCompression = 6,
    Level6 = 6,
    Level7 = 7,
    Level8 = 8,
    BestCompression = 9,
    Level9 = 9,
}
