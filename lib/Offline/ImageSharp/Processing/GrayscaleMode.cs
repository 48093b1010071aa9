namespace SixLabors.ImageSharp.Processing;

/// <summary>The weights of the colours in gray.</summary>
public enum GrayscaleMode
{
    Bt709,
    Bt601,
}
