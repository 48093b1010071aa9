namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>What the headers of a JPEG say.</summary>
public class JpegMetadata : IDeepCloneable
{
    /// <summary>1 to 100, estimated from the quantisation table of the luminance; 75 when the file has none.</summary>
    public int Quality { get; internal set; } = 75;

    public JpegEncodingColor? ColorType { get; internal set; }

    public bool? Progressive { get; internal set; }

    public IDeepCloneable DeepClone() => (JpegMetadata)MemberwiseClone();
}
