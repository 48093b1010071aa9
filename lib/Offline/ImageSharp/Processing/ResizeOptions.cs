using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Processing;

/// <summary>How a picture is resized.</summary>
public class ResizeOptions
{
    public ResizeMode Mode { get; set; } = ResizeMode.Crop;

    public AnchorPositionMode Position { get; set; } = AnchorPositionMode.Center;

    public Size Size { get; set; }

    public IResampler Sampler { get; set; } = KnownResamplers.Bicubic;

    /// <summary>Whether colours are averaged in linear light.</summary>
    public bool Compand { get; set; }

    /// <summary>The place of the whole picture, for <see cref="ResizeMode.Manual"/>.</summary>
    public Rectangle? TargetRectangle { get; set; }

    /// <summary>Whether transparent pixels count less.</summary>
    public bool PremultiplyAlpha { get; set; } = true;

    public Color PadColor { get; set; }
}
