namespace SixLabors.ImageSharp.Formats;

/// <summary>What encoders of formats with palettes have in common.</summary>
public abstract class QuantizingImageEncoder : ImageEncoder
{
}
